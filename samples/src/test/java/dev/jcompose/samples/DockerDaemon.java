package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A dockerd of the test's own, in a network namespace of its own and with its own data, that knows
 * the base image.
 */
final class DockerDaemon implements AutoCloseable {
  private final Jcompose jcompose;
  private final Path folder;
  private final Process daemon;

  private DockerDaemon(Jcompose jcompose, Path folder, Process daemon) {
    this.jcompose = jcompose;
    this.folder = folder;
    this.daemon = daemon;
  }

  /**
   * Starts it, or skips the test where it cannot be.
   *
   * @param folder for what it keeps
   * @param more arguments of dockerd
   */
  static DockerDaemon start(Jcompose jcompose, Path folder, String... more)
      throws IOException, InterruptedException {
    assumeTrue(
        jcompose.shell(folder, "dockerd --version && docker --version").exitCode() == 0,
        "SKIPPED: Docker is not installed; .ci/run installs it");
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c"));
    command.addAll(List.of("ip link set lo up; exec dockerd \"$@\"", "dockerd"));
    command.addAll(List.of("-H", "unix://" + folder.resolve("docker.sock")));
    command.addAll(List.of("--data-root", folder.resolve("data").toString()));
    command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
    command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
    command.addAll(List.of("--cgroup-parent", "/jcompose-test-" + folder.getFileName()));
    // No server of names can be reached, and a container that asks for one is not to wait long.
    command.addAll(List.of("--dns-opt", "timeout:1", "--dns-opt", "attempts:1"));
    command.addAll(List.of(more));
    DockerDaemon docker =
        new DockerDaemon(
            jcompose,
            folder,
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !docker.daemon.isAlive() || docker.docker("version").exitCode() == 0);
    if (!docker.daemon.isAlive()) {
      assumeTrue(
          false,
          "SKIPPED: dockerd does not start here:\n" + Files.readString(folder.resolve("log")));
    }
    Path image = folder.resolve("image.tar");
    jcompose.run("image", "save", "--output", image.toString(), "jcompose/base").succeeded();
    docker.docker("load --input " + image).succeeded();
    return docker;
  }

  String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  /** Runs {@code docker WORDS} against it; whether that ends well is for the caller to say. */
  Result docker(String words) {
    return jcompose.shell(folder, "DOCKER_HOST=" + host() + " docker " + words);
  }

  /** Starts a program where it is reached by the daemon's own addresses, such as 127.0.0.1. */
  Process besideIt(String... words) throws IOException {
    List<String> command = new ArrayList<>(entrance());
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("beside").toFile())
        .start();
  }

  /** Words before a command that run it in the daemon's network. */
  List<String> entrance() {
    return List.of("nsenter", "--net=/proc/" + daemon.pid() + "/ns/net");
  }

  /** Containers, volumes and networks that it has, one a line. */
  String belongings() {
    return docker("ps --all --format 'container {{.Names}}'").stdout()
        + docker("volume ls --format 'volume {{.Name}}'").stdout()
        + docker("network ls --filter type=custom --format 'network {{.Name}}'").stdout();
  }

  /** Removes all images but the base image. */
  void removeImages() {
    docker(
        "image ls --format '{{.ID}} {{.Repository}}' | grep -v ' jcompose/base$'"
            + " | cut -d ' ' -f 1 | sort -u | DOCKER_HOST="
            + host()
            + " xargs -r docker image rm --force");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    daemon.destroy();
    if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
      daemon.destroyForcibly().waitFor();
    }
    removeCgroups();
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(remains()).isEmpty());
  }

  private String cgroup() {
    return "jcompose-test-" + folder.getFileName();
  }

  /** Its control groups, in every hierarchy; dockerd leaves them, empty. */
  private List<Path> cgroups() throws IOException {
    try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
      return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
          .map(hierarchy -> hierarchy.resolve(cgroup()))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private void removeCgroups() throws IOException {
    for (Path cgroup : cgroups()) {
      try (Stream<Path> all = Files.walk(cgroup)) {
        for (Path each :
            all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Processes, mounts and control groups that outlived it, each as the machine writes it. */
  private List<String> remains() throws IOException {
    String mark = folder + "/";
    List<String> remains = new ArrayList<>();
    ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(mark))
        .forEach(remains::add);
    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(mark))
        .forEach(remains::add);
    cgroups().forEach(cgroup -> remains.add(cgroup.toString()));
    return remains;
  }
}
