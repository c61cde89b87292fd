package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code init: true}. */
class ReaperIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  private LaunchSpec below(List<String> arguments) throws Exception {
    return Machine.with(
        machine.spec(arguments),
        p ->
            new ProcessSpec(
                p.arguments(),
                p.environment(),
                "/",
                p.identity(),
                p.capabilities(),
                false,
                p.limits(),
                null,
                p.umask(),
                true));
  }

  private LaunchSpec below(String command) throws Exception {
    return below(List.of("/bin/sh", "-c", command));
  }

  @Test
  void endsAsTheProgramEnds() throws Exception {
    assertThat(machine.run(below("exit 7")).status().code()).isEqualTo(7);
    assertThat(machine.run(below("kill -9 $$")).status().code()).isEqualTo(137);
    assertThat(machine.run(below("kill -TERM $$")).status().code()).isEqualTo(143);
  }

  @Test
  void isProcessOneAndRunsWithoutPrivilegesOfItsOwn() throws Exception {
    Machine.Outcome outcome =
        machine.run(
            below(
                "echo $$; cat /proc/1/comm; grep -E 'CapEff|Seccomp:' /proc/1/status;"
                    + " ls /proc/1/fd"));
    assertThat(outcome.stdout().replace("\t", " "))
        .isEqualTo("2\njcompose\nCapEff: 00000000a80425fb\nSeccomp: 2\n0\n1\n2\n");
  }

  @Test
  void forwardsSignals() throws Exception {
    try (Machine.Running running =
        machine.start(
            below("trap 'echo stopped; exit 3' TERM; echo ready; while :; do sleep 0.05; done"))) {
      Awaitility.await().until(() -> running.output().contains("ready"));
      machine.runtime.signal(running.launched, Abi.SIGTERM);
      Machine.Outcome outcome = running.await();
      assertThat(outcome.stdout()).isEqualTo("ready\nstopped\n");
      assertThat(outcome.status().code()).isEqualTo(3);
    }
  }

  @Test
  void reapsOrphans() throws Exception {
    try (Machine.Running running =
        machine.start(
            below(
                "i=0; while [ $i -lt 20 ]; do (true & ); i=$((i+1)); done; echo ready; sleep 60"))) {
      Awaitility.await().until(() -> running.output().contains("ready"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () ->
                  assertThat(
                          running
                              .exec("grep -l 'State:.Z' /proc/[0-9]*/status 2>/dev/null")
                              .stdout())
                      .isEmpty());
    }
  }

  @Test
  void saysWhenTheProgramIsNotThere() throws Exception {
    assertThatThrownBy(() -> machine.start(below(List.of("nosuch"))))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(127));
  }
}
