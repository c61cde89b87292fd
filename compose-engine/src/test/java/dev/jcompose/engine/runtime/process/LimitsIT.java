package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.runtime.LaunchSpec;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitsIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  private LaunchSpec limited(Limits limits, String command) throws Exception {
    LaunchSpec spec = machine.shell(command);
    return Machine.copy(
        spec,
        spec.root(),
        spec.mounts(),
        spec.process(),
        spec.namespaces(),
        new CgroupSpec(spec.cgroup().path(), limits, DeviceRule.standard()),
        spec.stdio());
  }

  private static Limits memory(long bytes) {
    return new Limits(
        bytes, bytes, null, null, false, null, null, null, null, null, null, null, List.of());
  }

  private static Limits pids(long most) {
    return new Limits(
        null, null, null, null, false, null, null, null, null, null, most, null, List.of());
  }

  private static Limits cpu(long shares, long quota, long period, String cpus) {
    return new Limits(
        null, null, null, null, false, shares, quota, period, cpus, null, null, null, List.of());
  }

  @Test
  void saysThatTheKernelKilledAMemoryHog() throws Exception {
    Machine.Outcome outcome =
        machine.run(
            limited(memory(24 << 20), "dd if=/dev/zero of=/dev/null bs=100M count=1; exit $?"));
    assertThat(outcome.status().oomKilled()).isTrue();
  }

  @Test
  void stopsAForkBomb() throws Exception {
    Machine.Outcome outcome =
        machine.run(
            limited(pids(20), "i=0; while [ $i -lt 40 ]; do sleep 30 & i=$((i+1)); done; exit 0"));
    assertThat(outcome.status().code()).isNotZero();
    assertThat(outcome.stderr()).containsIgnoringCase("fork");
  }

  @Test
  void setsProcessorLimitsAndChangesThem() throws Exception {
    LaunchSpec spec = limited(cpu(512, 50_000, 100_000, "0"), "sleep 60");
    try (Machine.Running running = machine.start(spec)) {
      assertThat(
              running
                  .exec("cat /sys/fs/cgroup/cpu*/cpu.shares /sys/fs/cgroup/cpu.weight 2>/dev/null")
                  .stdout()
                  .strip())
          .isIn("512", "59");
      assertThat(running.exec("grep Cpus_allowed_list /proc/self/status").stdout())
          .endsWith("\t0\n");
      machine.runtime.update(running.launched, memory(64 << 20));
      machine.runtime.update(running.launched, memory(128 << 20));
      CgroupStats stats = machine.runtime.stats(running.launched);
      assertThat(stats.memoryLimit()).isEqualTo(128 << 20);
      assertThat(stats.memory()).isPositive();
      assertThat(stats.cpu()).isPositive();
      assertThat(stats.pids()).isBetween(1L, 2L);
    }
  }

  @Test
  void freezesAndThaws() throws Exception {
    LaunchSpec spec = machine.shell("while true; do echo x; sleep 0.01; done");
    try (Machine.Running running = machine.start(spec)) {
      Awaitility.await().until(() -> !running.output().isEmpty());
      machine.runtime.pause(running.launched);
      String frozen =
          String.join(
              "",
              java.nio.file.Files.readAllLines(
                  java.nio.file.Path.of("/proc/" + running.launched.pid() + "/status")));
      assertThat(frozen).contains("State:");
      machine.runtime.resume(running.launched);
      int length = running.output().length();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> running.output().length() > length + 4);
    }
  }

  @Test
  void endsFrozenContainers() throws Exception {
    Machine.Running running = machine.start(machine.shell("sleep 60"));
    machine.runtime.pause(running.launched);
    running.close();
    assertThat(java.nio.file.Path.of("/proc/" + running.launched.pid())).doesNotExist();
  }

  @Test
  void setsTheOomScore() throws Exception {
    LaunchSpec spec =
        Machine.with(
            machine.shell("cat /proc/self/oom_score_adj"),
            p ->
                new dev.jcompose.engine.runtime.ProcessSpec(
                    p.arguments(),
                    p.environment(),
                    "/",
                    p.identity(),
                    p.capabilities(),
                    false,
                    p.limits(),
                    321,
                    p.umask(),
                    false));
    assertThat(machine.run(spec).stdout()).isEqualTo("321\n");
  }
}
