package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.runtime.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  @Test
  void runsInTheNamespacesOfTheContainer() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      String names = "for n in net pid ipc uts mnt cgroup; do readlink /proc/PID/ns/$n; done";
      Machine.Outcome outcome = running.exec(names.replace("PID", "self"));
      assertThat(outcome.stdout())
          .isEqualTo(running.exec(names.replace("PID", "1")).stdout())
          .contains("net:");
      assertThat(running.exec("hostname; echo no >&2; exit 3"))
          .satisfies(
              said -> {
                assertThat(said.stdout()).isEqualTo("box\n");
                assertThat(said.stderr()).isEqualTo("no\n");
                assertThat(said.status().code()).isEqualTo(3);
              });
    }
  }

  @Test
  void isAsRestrictedAsTheContainer() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      assertThat(
              running
                  .exec(
                      "grep -E '^(CapEff|CapBnd|Seccomp:)' /proc/self/status; cat /proc/self/cgroup")
                  .stdout()
                  .replace("\t", " "))
          .startsWith("CapEff: 00000000a80425fb\nCapBnd: 00000000a80425fb\nSeccomp: 2\n")
          .contains("memory:/\n");
      assertThat(machine.runtime.processes(running.launched)).hasSizeGreaterThanOrEqualTo(1);
    }
  }

  @Test
  void saysWhenAProgramIsNotThere() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      assertThatThrownBy(() -> running.exec(Machine.process(List.of("nosuch"))))
          .isInstanceOfSatisfying(
              LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(127));
    }
  }

  @Test
  void leavesNoDescriptorBehind() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      running.exec("true");
      long before = descriptors();
      for (int i = 0; i < 20; i++) {
        running.exec("true");
      }
      assertThat(descriptors()).isEqualTo(before);
    }
  }

  private static long descriptors() throws Exception {
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
