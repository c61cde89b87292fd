package dev.jcompose.cli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The distribution folder this process runs from.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code runtime}; empty when the classes
 *     run from somewhere else, such as a test
 */
public record Installation(Optional<Path> home) {
  /** What the launcher told this process. */
  public static Installation current() {
    return new Installation(
        Optional.ofNullable(System.getProperty("jcompose.home"))
            .map(home -> Path.of(home).toAbsolutePath().normalize()));
  }

  /** The version, as in the folder's {@code release} file; "development" without one. */
  public String version() {
    if (home.isEmpty()) {
      return "development";
    }
    try {
      for (String line : Files.readAllLines(home.get().resolve("release"))) {
        if (line.startsWith("JCOMPOSE_VERSION=")) {
          return line.substring("JCOMPOSE_VERSION=".length()).replace("\"", "");
        }
      }
    } catch (IOException e) {
      // The file is written last: a folder that is being made has none yet.
    }
    return "development";
  }

  /** The engine's launcher. */
  public Optional<Path> engineLauncher() {
    return home.map(folder -> folder.resolve("bin/jcompose-engine")).filter(Files::isExecutable);
  }
}
