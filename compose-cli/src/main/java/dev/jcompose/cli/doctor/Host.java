package dev.jcompose.cli.doctor;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The machine as its files tell it.
 *
 * @param root where its file system begins; {@code /} but in tests
 * @param programs what a command of the machine prints; empty when it is not there or fails
 */
public record Host(Path root, Function<List<String>, Optional<String>> programs) {
  private static final int PATIENCE_SECONDS = 5;
  private static final int FIRST_READ = 65536;

  /** This machine. */
  public static Host here() {
    return new Host(Path.of("/"), Host::run);
  }

  /** A path of the machine. */
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  boolean has(String absolute) {
    return Files.exists(path(absolute));
  }

  /** The text of a file without the blanks around it; empty when it is not there. */
  Optional<String> read(String absolute) {
    try (FileInputStream in = new FileInputStream(path(absolute).toFile())) {
      // Files below /proc/sys answer their first read only, and Files.readString asks for one byte.
      byte[] first = new byte[FIRST_READ];
      int count = Math.max(0, in.read(first));
      String text = new String(first, 0, count, StandardCharsets.ISO_8859_1);
      String rest = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return Optional.of((text + rest).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  List<String> words(String absolute) {
    return read(absolute).map(text -> Arrays.asList(text.split("\\s+"))).orElse(List.of());
  }

  OptionalLong number(String absolute) {
    try {
      return read(absolute).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    } catch (NumberFormatException max) {
      return OptionalLong.empty();
    }
  }

  Optional<String> output(String... command) {
    return programs.apply(List.of(command));
  }

  private static Optional<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean worked =
          process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return worked ? Optional.of(text) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
