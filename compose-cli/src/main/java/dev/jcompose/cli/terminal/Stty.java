package dev.jcompose.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program stty on the controlling terminal. It is part of every coreutils and BusyBox, and
 * starting it costs less than loading a native library.
 */
final class Stty {
  private static final Path TERMINAL = Path.of("/dev/tty");

  private Stty() {}

  /** What stty printed, empty when there is no terminal or stty refused. */
  static Optional<String> run(String... arguments) throws IOException, InterruptedException {
    if (!Files.isReadable(TERMINAL)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(TERMINAL.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return process.waitFor() == 0 ? Optional.of(answer.strip()) : Optional.empty();
  }
}
