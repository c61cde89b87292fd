package dev.jcompose.cli;

import dev.jcompose.cli.engine.EngineConnector;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs what the class cache of the command line should hold, in one process, while the distribution
 * is made. What it loads is loaded again at every later start, so it does the common work only.
 */
final class Training {
  private Training() {}

  public static void main(String[] args) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (List<String> words :
        List.of(
            List.of("version"),
            List.of("version", "--format", "json"),
            List.of("up", "--help"),
            List.of("--no-such-option"))) {
      new CommandLineInterface(
              Map.of(),
              Path.of("").toAbsolutePath(),
              new ByteArrayInputStream(new byte[0]),
              nowhere,
              nowhere,
              new EngineConnector())
          .run(words);
    }
  }
}
