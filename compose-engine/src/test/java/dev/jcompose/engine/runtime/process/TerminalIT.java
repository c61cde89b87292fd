package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  /** The engine's end of a terminal, read as it comes. */
  private final class Screen implements AutoCloseable {
    private final int terminal;
    private final KernelEvents.Watch watch;
    private final StringBuilder text = new StringBuilder();

    Screen(int terminal) {
      this.terminal = terminal;
      machine.kernel.setNonBlocking(terminal, true);
      this.watch = machine.events.watch(terminal, this::read);
    }

    private void read(KernelEvents.Watch reading) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
      try {
        while (machine.kernel.read(terminal, buffer.clear()) > 0) {
          synchronized (text) {
            text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
          }
        }
      } catch (KernelException hungUp) {
        // EIO: nobody has the other end open any more.
        reading.close();
      }
    }

    void type(String keys) {
      byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
      machine.kernel.write(terminal, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    void expect(String words) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(soFar()).contains(words));
    }

    private String soFar() {
      synchronized (text) {
        return text.toString();
      }
    }

    @Override
    public void close() {
      watch.close();
      machine.kernel.close(terminal);
    }
  }

  private LaunchSpec onTerminal(String command) throws Exception {
    LaunchSpec spec = machine.shell(command);
    return Machine.copy(
        spec,
        spec.root(),
        spec.mounts(),
        spec.process(),
        spec.namespaces(),
        spec.cgroup(),
        new Stdio.Terminal(30, 100));
  }

  @Test
  void givesAContainerATerminalOfItsOwn() throws Exception {
    Launched launched =
        machine.runtime.create(
            onTerminal(
                "tty; stty size; ls -l /dev/console; ls /dev/pts; read x; echo got $x; sleep 60"));
    try (Screen screen = new Screen(launched.terminal().orElseThrow())) {
      machine.runtime.start(launched);
      screen.expect("/dev/pts/0\r\n30 100\r\n");
      screen.expect("136, 0");
      screen.type("hello\n");
      screen.expect("got hello");
      machine.kernel.setWindowSize(launched.terminal().orElseThrow(), 40, 120);
    } finally {
      machine.runtime.discard(launched);
    }
  }

  @Test
  void givesAnExecATerminalInTheContainer() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      Execution execution =
          machine.runtime.exec(
              new ExecSpec(
                  Machine.process(List.of("/bin/sh", "-c", "tty; stty size; read x; echo got $x")),
                  new SeccompProfile.Standard(),
                  new Stdio.Terminal(25, 90)),
              running.launched);
      try (Screen screen = new Screen(execution.terminal().orElseThrow())) {
        screen.expect("/dev/pts/0\r\n25 90\r\n");
        screen.type("you\n");
        screen.expect("got you");
      }
    }
  }

  @Test
  void sendsTheInterruptKeyToTheProgram() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      Execution execution =
          machine.runtime.exec(
              new ExecSpec(
                  Machine.process(List.of("/bin/sh", "-c", "echo ready; sleep 60")),
                  new SeccompProfile.Standard(),
                  new Stdio.Terminal(0, 0)),
              running.launched);
      var code = new java.util.concurrent.CompletableFuture<Integer>();
      execution.onExit(status -> code.complete(status.code()));
      try (Screen screen = new Screen(execution.terminal().orElseThrow())) {
        screen.expect("ready");
        screen.type("\u0003");
        assertThat(code.get(5, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(130);
      }
    }
  }
}
