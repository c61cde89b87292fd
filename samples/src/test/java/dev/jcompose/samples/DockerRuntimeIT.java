package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code jcompose oci} as a runtime of dockerd, in the place of runc. */
class DockerRuntimeIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  private Process daemon;

  @BeforeEach
  void startDockerd() throws Exception {
    assumeTrue(
        JCOMPOSE.shell(folder, "dockerd --version && docker --version").exitCode() == 0,
        "SKIPPED: Docker is not installed, so nothing can ask for this runtime");
    Path wrapper = folder.resolve("daemon.json");
    Files.writeString(
        wrapper,
        "{\"runtimes\":{\"jcompose\":{\"path\":"
            + Json.print(Jcompose.LAUNCHER.toString())
            + ",\"runtimeArgs\":[\"oci\"]}},\"default-runtime\":\"jcompose\"}");
    List<String> command = new ArrayList<>(List.of("unshare", "--net", "dockerd"));
    command.addAll(List.of("--config-file", wrapper.toString()));
    command.addAll(List.of("--iptables=false", "--bridge=none", "-H", host()));
    command.addAll(List.of("--data-root", folder.resolve("data").toString()));
    command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
    command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
    daemon =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !daemon.isAlive() || docker("version").exitCode() == 0);
    assumeTrue(
        daemon.isAlive(),
        () -> "SKIPPED: dockerd does not start here:\n" + docker("version").stderr());
    Path image = folder.resolve("image.tar");
    JCOMPOSE.run("image", "save", "--output", image.toString(), "jcompose/base").succeeded();
    docker("load --input " + image).succeeded();
  }

  private String host() {
    return "unix://" + folder.resolve("docker.sock");
  }

  private Result docker(String words) {
    return JCOMPOSE.shell(folder, "DOCKER_HOST=" + host() + " docker " + words);
  }

  @AfterEach
  void stopDockerd() throws IOException, InterruptedException {
    if (daemon != null) {
      daemon.destroy();
      if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    }
  }

  private String inspect(String what) {
    return docker("inspect --format '{{" + what + "}}' one").succeeded().stdout().strip();
  }

  @Test
  void runsEntersPausesAndStopsContainersOfDocker() {
    docker(
            "run --detach --name one --network none --memory 64m --cap-drop NET_RAW jcompose/base"
                + " sh -c 'trap \"exit 7\" TERM; echo up; while :; do sleep 0.05; done'")
        .succeeded();
    await().until(() -> docker("logs one").stdout().equals("up\n"));
    assertThat(inspect(".HostConfig.Runtime")).isEqualTo("jcompose");

    Result inside =
        docker("exec --user daemon one sh -c 'id -u; grep CapBnd /proc/1/status; exit 3'");
    assertThat(inside.exitCode()).as(inside.stderr()).isEqualTo(3);
    assertThat(inside.stdout().lines()).containsExactly("1", "CapBnd:\t00000000a80405fb");

    docker("pause one").succeeded();
    assertThat(inspect(".State.Status")).isEqualTo("paused");
    docker("unpause one").succeeded();
    docker("stop one").succeeded();
    assertThat(inspect(".State.ExitCode")).isEqualTo("7");
    docker("start one").succeeded();
    assertThat(inspect(".State.Status")).isEqualTo("running");
    docker("rm --force one").succeeded();
  }

  @Test
  void tellsDockerExitCodesAndWhyAProgramCannotRun() {
    assertThat(docker("run --rm --network none jcompose/base sh -c 'exit 5'").exitCode())
        .isEqualTo(5);
    Result missing = docker("run --rm --network none jcompose/base nowhere");
    assertThat(missing.exitCode()).isEqualTo(127);
    assertThat(missing.stderr()).contains("nowhere");
  }
}
