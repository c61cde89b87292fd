package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.EventThread;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdoptionIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  @Test
  void watchesAndSignalsAContainerItDidNotStart() throws Exception {
    LaunchSpec spec = machine.shell("trap 'exit 9' TERM; sleep 60 & wait");
    try (Machine.Running running = machine.start(spec);
        KernelEvents events = new EventThread(machine.kernel)) {
      var other = new ProgramRuntime(machine.kernel, events, machine.cgroups);
      Launched adopted =
          other.adopt(
              spec.id(),
              running.launched.pid(),
              running.launched.startTime(),
              spec.cgroup(),
              machine.base.resolve("exit"),
              false);
      assertThat(other.processes(adopted)).contains(running.launched.pid());
      CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
      adopted.onExit(exit::complete);
      org.awaitility.Awaitility.await()
          .until(() -> machine.runtime.processes(running.launched).size() > 1);
      other.signal(adopted, Abi.SIGTERM);
      assertThat(exit.get(5, TimeUnit.SECONDS).at()).isNotNull();
      other.discard(adopted);
    }
  }

  @Test
  void knowsTheExitCodeOfAProcessThatIsNotItsChild() throws Exception {
    // The shell in between is the parent and reaps; the engine only holds a pidfd.
    Process shell = new ProcessBuilder("sh", "-c", "(sleep 0.3; exit 5) & echo $!; wait").start();
    int pid = Integer.parseInt(shell.inputReader().readLine());
    CompletableFuture<dev.jcompose.engine.linux.WaitResult> exit = new CompletableFuture<>();
    machine.events.watchExit(machine.kernel.openProcess(pid), exit::complete);
    var result = exit.get(5, TimeUnit.SECONDS);
    org.junit.jupiter.api.Assumptions.assumeFalse(
        result instanceof dev.jcompose.engine.linux.WaitResult.Unknown,
        "SKIPPED: this kernel does not keep exit information (Linux 6.15 does)");
    assertThat(result).isEqualTo(new dev.jcompose.engine.linux.WaitResult.Exited(5));
  }

  @Test
  void refusesAProcessThatStartedAtAnotherTime() throws Exception {
    try (Machine.Running running = machine.start(machine.spec(List.of("sleep", "60")))) {
      LaunchSpec spec = machine.shell("true");
      assertThatThrownBy(
              () ->
                  machine.runtime.adopt(
                      spec.id(),
                      running.launched.pid(),
                      running.launched.startTime() + 1,
                      spec.cgroup(),
                      machine.base.resolve("exit"),
                      false))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("has ended");
    }
  }
}
