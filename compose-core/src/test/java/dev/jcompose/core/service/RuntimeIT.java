package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.core.port.view.ContainerStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that another runtime runs, from a bundle. */
class RuntimeIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static void require(String runtime) {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin", runtime))
            || Files.isExecutable(Path.of("/usr/bin", runtime)),
        "SKIPPED: " + runtime + " is not installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void runsAServiceAsTheEngineWould(String runtime) throws Exception {
    require(runtime);
    String attributes =
        """
        user: daemon
        working_dir: /srv
        hostname: other
        cap_drop: [NET_RAW]
        read_only: true
        mem_limit: 64m
        pids_limit: 33
        ulimits: {nofile: 123}
        sysctls: {net.core.somaxconn: 77}
        tmpfs: /scratch:size=1m
        volumes: ["data:/data", "/usr/share:/share:ro"]
        devices: ["/dev/zero:/dev/nothing:r"]
        """;
    String script =
        """
        id -u; id -g; pwd; hostname
        grep -E '^(CapBnd|NoNewPrivs|Seccomp:)' /proc/self/status
        grep 'open files' /proc/self/limits | tr -s ' '
        cat /proc/sys/net/core/somaxconn
        cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids/pids.max 2>/dev/null
        touch /x 2>&1; mountpoint /scratch; mountpoint /data; ls /share | wc -l | grep -c -v '^0'
        head -c 1 /dev/nothing | wc -c; getent hosts other | wc -l
        exit 7
        """;
    String volume = "volumes: {data: }\n";
    RUN.up(ServiceRun.service(attributes, script) + volume);
    assertThat(RUN.engine().awaitExit("it-box-1")).isEqualTo(7);
    String ours = RUN.logs("it-box-1");
    RUN.afterEach(null);

    RUN.up(ServiceRun.service(attributes + "runtime: " + runtime + "\n", script) + volume);

    assertThat(RUN.engine().awaitExit("it-box-1")).isEqualTo(7);
    assertThat(RUN.logs("it-box-1")).isEqualTo(ours).contains("other\n", "77\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void doesEverythingElseToTheProcess(String runtime) throws Exception {
    require(runtime);
    RUN.up(
        ServiceRun.service(
            "runtime: " + runtime + "\nstop_signal: KILL", "echo up; exec sleep 1000"));
    // crun ends its start before the program runs.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> RUN.exec("it-box-1", "cat /proc/1/comm").equals("sleep\n"));
    RUN.engine().pauseContainer("it-box-1");
    assertThat(RUN.engine().container("it-box-1").orElseThrow().status())
        .isEqualTo(ContainerStatus.PAUSED);
    RUN.engine().unpauseContainer("it-box-1");
    assertThat(RUN.engine().top("it-box-1").rows()).hasSize(1);
    RUN.engine().restartContainer("it-box-1", Duration.ZERO);
    assertThat(RUN.exec("it-box-1", "echo again")).isEqualTo("again\n");
    RUN.engine().killContainer("it-box-1", "KILL");
    assertThat(RUN.engine().awaitExit("it-box-1")).isEqualTo(137);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void givesATerminal(String runtime) throws Exception {
    require(runtime);
    assertThat(
            RUN.output(
                "tty: true\nruntime: " + runtime, "tty; test -c /dev/console && echo console"))
        .isEqualTo("/dev/pts/0\r\nconsole\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void tellsWhatARuntimeSaysWhenItCannot(String runtime) throws Exception {
    require(runtime);
    assertThat(RUN.refusal("runtime: " + runtime + "\nentrypoint: [/no/such/program]"))
        .contains(runtime)
        .contains("/no/such/program");
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !mounted());
  }

  private static boolean mounted() throws Exception {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(RUN.directory().toString());
  }

  @Test
  void refusesARuntimeThatIsNotThere() throws Exception {
    assertThat(RUN.refusal("runtime: no-such-runtime"))
        .contains("no-such-runtime")
        .contains("install");
    assertThat(RUN.refusal("runtime: runc\ninit: true")).contains("init");
  }
}
