package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The built {@code jcompose} with a state root of its own. Registered as a static extension it
 * skips the class loudly without root, and when the class is done it stops the engine and asserts
 * that nothing is left behind.
 */
final class Jcompose implements BeforeAllCallback, AfterAllCallback {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  static final Path LAUNCHER = REPOSITORY.resolve("compose-cli/target/jcompose/bin/jcompose");

  private Path root = Path.of("/nonexistent");

  /** What one command printed and how it ended. */
  record Result(List<String> command, int exitCode, String stdout, String stderr) {
    Result succeeded() {
      assertThat(exitCode).as("%s%n%s%n%s", command, stdout, stderr).isZero();
      return this;
    }

    /** Asserts the manners of a failure: non-zero, one sentence on stderr, no stack trace. */
    Result failedPolitely() {
      assertThat(exitCode).as("%s%n%s%n%s", command, stdout, stderr).isNotZero();
      assertThat(stderr).as("%s", command).isNotBlank();
      assertThat(stdout + stderr)
          .as("%s", command)
          .doesNotContain("Exception")
          .doesNotContain("\tat ");
      return this;
    }
  }

  /** Makes jcompose docker's plugin for Compose, where docker's configuration is in this folder. */
  static void installAsPlugin(Path configuration) throws IOException {
    Path plugins = Files.createDirectories(configuration.resolve("cli-plugins"));
    Files.createSymbolicLink(plugins.resolve("docker-compose"), LAUNCHER);
  }

  /** The folder of a sample, by name. */
  static Path sample(String name) {
    return REPOSITORY.resolve("samples").resolve(name);
  }

  /** The state root of this engine. */
  Path root() {
    return root;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "SKIPPED: these tests run real containers and need root");
    assertThat(LAUNCHER).as("the distribution; `mvn package` makes it").isExecutable();
    root = Files.createTempDirectory("jcompose-e2e-");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    run("engine", "stop").succeeded();
    Result leaks = leaks();
    assertThat(leaks.stdout()).as("left behind").isEmpty();
    assertThat(leaks.exitCode()).as(leaks.stderr()).isZero();
    deleteTree(root);
  }

  /** What {@code samples/leak-check} finds of this state root. */
  Result leaks() {
    return execute(List.of(sample("leak-check").toString(), root.toString()), REPOSITORY, Map.of());
  }

  /** Runs {@code jcompose ARGUMENTS} in the repository's folder. */
  Result run(String... arguments) {
    return runIn(REPOSITORY, Map.of(), arguments);
  }

  /** Runs {@code jcompose ARGUMENTS} in a folder, with more environment variables. */
  Result runIn(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    return execute(command, folder, environment);
  }

  /** Runs a line of shell in a folder, with {@code jcompose} on its PATH. */
  Result shell(Path folder, String line) {
    return shell(folder, line, Map.of());
  }

  /** As {@link #shell(Path, String)}, with more environment variables. */
  Result shell(Path folder, String line, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PATH", LAUNCHER.getParent() + ":" + System.getenv("PATH"));
    return execute(List.of("sh", "-c", line), folder, environment);
  }

  /** Starts a command without waiting; its output goes to the file. */
  Process start(Path folder, Path output, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toString());
    command.addAll(List.of(arguments));
    try {
      return builder(command, folder, Map.of())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a command on a terminal of its own: what is written to the process is typed there, and
   * what is to be seen goes to the file.
   */
  Process startOnTerminal(Path folder, Path output, String... arguments) {
    String line = LAUNCHER + " " + String.join(" ", arguments);
    try {
      return builder(List.of("script", "-qfec", line, "/dev/null"), folder, Map.of("TERM", "xterm"))
          .redirectInput(ProcessBuilder.Redirect.PIPE)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result execute(List<String> command, Path folder, Map<String, String> environment) {
    try {
      Path stdout = Files.createTempFile("jcompose-", ".out");
      Path stderr = Files.createTempFile("jcompose-", ".err");
      Process process =
          builder(command, folder, environment)
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            command + " did not end; it said: " + Files.readString(stderr, StandardCharsets.UTF_8));
      }
      Result result =
          new Result(
              command, process.exitValue(), Files.readString(stdout), Files.readString(stderr));
      Files.delete(stdout);
      Files.delete(stderr);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + command, e);
    }
  }

  private ProcessBuilder builder(
      List<String> command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("JCOMPOSE_ROOT", root.toString());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Copies a folder with everything in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
