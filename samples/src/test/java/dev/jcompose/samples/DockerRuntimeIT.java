package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.samples.Jcompose.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code jcompose oci} as a runtime of dockerd, in the place of runc. */
class DockerRuntimeIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  private DockerDaemon daemon;

  @BeforeEach
  void startDockerd() throws Exception {
    Path settings = folder.resolve("daemon.json");
    Files.writeString(
        settings,
        "{\"runtimes\":{\"jcompose\":{\"path\":"
            + Json.print(Jcompose.LAUNCHER.toString())
            + ",\"runtimeArgs\":[\"oci\"]}},\"default-runtime\":\"jcompose\"}");
    daemon =
        DockerDaemon.start(
            JCOMPOSE,
            folder,
            "--config-file",
            settings.toString(),
            "--iptables=false",
            "--bridge=none");
  }

  @AfterEach
  void stopDockerd() throws Exception {
    if (daemon != null) {
      daemon.close();
    }
  }

  private Result docker(String words) {
    return daemon.docker(words);
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
