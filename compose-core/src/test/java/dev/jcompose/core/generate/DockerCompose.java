package dev.jcompose.core.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A docker compose program of version 2 or later to compare with. */
final class DockerCompose {
  private static final List<String> PLUGIN_FOLDERS =
      List.of(
          "/usr/local/lib/docker/cli-plugins",
          "/usr/local/libexec/docker/cli-plugins",
          "/usr/lib/docker/cli-plugins",
          "/usr/libexec/docker/cli-plugins");

  private final String program;
  private final String version;

  private DockerCompose(String program, String version) {
    this.program = program;
    this.version = version;
  }

  /**
   * What it prints.
   *
   * @param status 0 when all is well
   */
  record Answer(int status, String out, String err) {}

  /**
   * The first of: the property {@code docker.compose} or the variable {@code DOCKER_COMPOSE}, each
   * with a path; the folders where Docker and distributions put the plugin; PATH. Null when there
   * is none of version 2 or later.
   */
  static @Nullable DockerCompose find() {
    for (String candidate : candidates()) {
      if (Files.isExecutable(Path.of(candidate))) {
        String version = version(candidate);
        if (version != null && !version.startsWith("1.")) {
          return new DockerCompose(candidate, version);
        }
      }
    }
    return null;
  }

  private static List<String> candidates() {
    List<String> candidates = new ArrayList<>();
    String given = System.getProperty("docker.compose", System.getenv("DOCKER_COMPOSE"));
    if (given != null && !given.isEmpty()) {
      candidates.add(given);
    }
    String home = System.getenv("HOME");
    if (home != null) {
      candidates.add(home + "/.docker/cli-plugins/docker-compose");
    }
    PLUGIN_FOLDERS.forEach(folder -> candidates.add(folder + "/docker-compose"));
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(":", -1)) {
      candidates.add((folder.isEmpty() ? "." : folder) + "/docker-compose");
    }
    return candidates;
  }

  private static @Nullable String version(String program) {
    try {
      Answer answer = execute(Path.of("/"), List.of(program, "version", "--short"), Map.of());
      String version = answer.out().strip();
      version = version.startsWith("v") ? version.substring(1) : version;
      return answer.status() == 0 && !version.isEmpty() && Character.isDigit(version.charAt(0))
          ? version
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Such as {@code 2.26.1}. */
  String version() {
    return version;
  }

  /** Whether it is older than a version such as {@code 2.30.0}. */
  boolean isBefore(String other) {
    int[] mine = numbers(version);
    int[] theirs = numbers(other);
    for (int i = 0; i < 3; i++) {
      if (mine[i] != theirs[i]) {
        return mine[i] < theirs[i];
      }
    }
    return false;
  }

  private static int[] numbers(String version) {
    int[] numbers = new int[3];
    String[] parts = version.split("[^0-9]+", -1);
    for (int i = 0; i < 3 && i < parts.length && !parts[i].isEmpty(); i++) {
      numbers[i] = Integer.parseInt(parts[i]);
    }
    return numbers;
  }

  Answer run(Path folder, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    return execute(folder, command, environment);
  }

  private static Answer execute(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path err = Files.createTempFile("docker-compose", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " takes more than 30 seconds");
      }
      return new Answer(process.exitValue(), out, Files.readString(err));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(err);
    }
  }

  @Override
  public String toString() {
    return program + " " + version;
  }
}
