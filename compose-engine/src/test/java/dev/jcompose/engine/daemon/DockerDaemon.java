package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.Image;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A dockerd of the test's own, in a network namespace of its own, with its own data. */
final class DockerDaemon implements AutoCloseable {
  private final Path folder;
  private final String host;
  private final Process daemon;
  private String client = "";

  private DockerDaemon(Path folder, String host, Process daemon) {
    this.folder = folder;
    this.host = host;
    this.daemon = daemon;
  }

  /**
   * Starts it, or skips the test where it cannot be.
   *
   * @param folder empty
   */
  static DockerDaemon start(Path folder) throws Exception {
    assumeTrue(
        ended(Map.of(), List.of("dockerd", "--version")).status() == 0
            && ended(Map.of(), List.of("docker", "--version")).status() == 0,
        "SKIPPED: Docker is not installed, so nothing can be compared with it");
    String host = "unix://" + folder.resolve("docker.sock");
    Process process =
        new ProcessBuilder(
                "unshare",
                "--net",
                "dockerd",
                "--iptables=false",
                "--bridge=none",
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "-H",
                host)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    DockerDaemon docker = new DockerDaemon(folder, host, process);
    boolean up =
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                    () -> !process.isAlive() || docker.docker("version").status() == 0,
                    done -> done)
            && process.isAlive();
    if (!up) {
      String log = Files.readString(folder.resolve("log"));
      docker.close();
      assumeTrue(false, "SKIPPED: dockerd does not start here:\n" + log);
    }
    docker.client = docker.clientForBuildKit();
    return docker;
  }

  /** Gives it an image of one layer with the same files, variables and command. */
  void load(Image image, String name) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "import"));
    for (String variable : image.config().env()) {
      command.add("--change");
      command.add("ENV " + variable);
    }
    command.add("--change");
    command.add("CMD " + Json.print(image.config().cmd()));
    command.addAll(List.of("-", name));
    String tar = "tar -C '" + image.layerDirectories().getFirst() + "' -c . | \"$@\"";
    List<String> pipe = new ArrayList<>(List.of("sh", "-c", tar, "sh"));
    pipe.addAll(command);
    Ended ended = ended(Map.of("DOCKER_HOST", host), pipe);
    if (ended.status() != 0) {
      throw new IOException(ended.output());
    }
  }

  /** How a command ended. */
  record Ended(int status, String output) {}

  /** Runs the docker command; whether it ends well is for the caller to say. */
  Ended docker(String... arguments) throws IOException, InterruptedException {
    return docker(Map.of(), arguments);
  }

  /**
   * Builds.
   *
   * @param builder {@code classic} or {@code buildkit}
   */
  Ended build(String builder, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(builder.equals("classic") ? "docker" : client));
    command.add("build");
    command.addAll(arguments);
    String kit = builder.equals("classic") ? "0" : "1";
    return ended(Map.of("DOCKER_HOST", host, "DOCKER_BUILDKIT", kit), command);
  }

  /** A client that can ask the daemon for a build by BuildKit: newer ones need a plugin for it. */
  private String clientForBuildKit() throws IOException, InterruptedException {
    Path context = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nLABEL a=b\n");
    for (String path : System.getenv("PATH").split(File.pathSeparator, -1)) {
      String candidate = path + "/docker";
      List<String> command = List.of(candidate, "build", context.toString());
      Map<String, String> environment = Map.of("DOCKER_HOST", host, "DOCKER_BUILDKIT", "1");
      if (Files.isExecutable(Path.of(candidate)) && ended(environment, command).status() == 0) {
        return candidate;
      }
    }
    return "";
  }

  /** Whether it can build so. */
  boolean has(String builder) {
    return builder.equals("classic") || !client.isEmpty();
  }

  private Ended docker(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("DOCKER_HOST", host);
    return ended(all, command);
  }

  /** What it must print. */
  String output(String... arguments) throws IOException, InterruptedException {
    Ended ended = docker(arguments);
    if (ended.status() != 0) {
      throw new IOException("docker " + String.join(" ", arguments) + ": " + ended.output());
    }
    return ended.output().strip();
  }

  private static Ended ended(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("docker", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(output.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(-1, String.join(" ", command) + " does not end");
      }
      return new Ended(process.exitValue(), Files.readString(output, UTF_8));
    } catch (IOException e) {
      return new Ended(127, String.valueOf(e.getMessage()));
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws InterruptedException {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      daemon.destroyForcibly().waitFor();
    }
  }

  Path folder() {
    return folder;
  }
}
