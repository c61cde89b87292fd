package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The docker command line of this machine, talking to an engine under test. */
final class DockerClient {
  private static final long PATIENCE_SECONDS = 20;

  private final Path socket;
  private final Path directory;

  /**
   * Looks for the program, and skips the test where there is none.
   *
   * @param directory for its configuration and output; nobody else's
   */
  DockerClient(Path socket, Path directory) {
    this.socket = socket;
    this.directory = directory;
    assumeTrue(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker"))),
        "SKIPPED: there is no docker client on this machine");
  }

  /** How a command ended. */
  record Outcome(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** Runs a command that has to succeed and returns its output without the last line feed. */
  String run(String... arguments) throws Exception {
    Outcome outcome = attempt(arguments);
    if (outcome.code() != 0) {
      throw new AssertionError("docker " + String.join(" ", arguments) + ": " + outcome);
    }
    return outcome.out().stripTrailing();
  }

  /** Runs a command to its end. */
  Outcome attempt(String... arguments) throws Exception {
    return attemptWith("", arguments);
  }

  /** Runs a command that reads this input. */
  Outcome attemptWith(String input, String... arguments) throws Exception {
    Running running = start(arguments);
    try (var stdin = running.process().getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    }
    return running.end();
  }

  /** Runs a command that reads this file. */
  Outcome attemptWith(Path input, String... arguments) throws Exception {
    return start(ProcessBuilder.Redirect.from(input.toFile()), arguments).end();
  }

  /** Starts a command that goes on. */
  Running start(String... arguments) throws IOException {
    return start(ProcessBuilder.Redirect.PIPE, arguments);
  }

  private Running start(ProcessBuilder.Redirect input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("DOCKER_CONFIG", directory.toString());
    builder.environment().remove("DOCKER_HOST");
    // Builds through POST /build; without it the client wants a BuildKit, or says it has none.
    builder.environment().put("DOCKER_BUILDKIT", "0");
    return new Running(builder.start(), out, err);
  }

  /** A command under way. */
  record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {
    String out() throws IOException {
      return Files.readString(outFile);
    }

    Outcome end() throws Exception {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("docker does not end: " + process.info().commandLine());
      }
      return new Outcome(process.exitValue(), out(), Files.readString(errFile));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
