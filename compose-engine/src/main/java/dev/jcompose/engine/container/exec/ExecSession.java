package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputHub;
import dev.jcompose.engine.container.stream.OutputPump;
import dev.jcompose.engine.container.stream.ProcessAttachment;
import dev.jcompose.engine.container.stream.ProcessInput;
import dev.jcompose.engine.container.stream.StreamKind;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One exec from its creation to its end. */
final class ExecSession {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final String id;
  private final String containerId;
  private final Execs.ExecRequest request;
  private final InstantSource steady;
  private final OutputHub hub = new OutputHub((stream, bytes) -> {});
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private boolean claimed;
  private @Nullable Execution execution;
  private @Nullable ProcessInput input;
  private @Nullable Integer exitCode;
  private @Nullable Instant endedAt;
  private boolean outlived;

  ExecSession(String id, String containerId, Execs.ExecRequest request, InstantSource steady) {
    this.id = id;
    this.containerId = containerId;
    this.request = request;
    this.steady = steady;
  }

  String id() {
    return id;
  }

  String containerId() {
    return containerId;
  }

  Execs.ExecRequest request() {
    return request;
  }

  /** The exit code, when everything the process wrote was passed on. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  synchronized Execs.ExecState state() {
    boolean running = execution != null && exitCode == null;
    return new Execs.ExecState(
        id,
        containerId,
        request,
        running,
        exitCode,
        execution == null || !running ? 0 : execution.pid());
  }

  /**
   * Notes that its container has ended.
   *
   * @return whether there is, or will be, an exit code of its own; else it was never started
   */
  synchronized boolean outlive() {
    outlived = true;
    return execution != null || exitCode != null;
  }

  synchronized boolean isOutlived() {
    return outlived;
  }

  synchronized boolean endedBefore(Instant moment) {
    return endedAt != null && endedAt.isBefore(moment);
  }

  /** Attaches; {@code detached} is told when the client leaves by its detach keys. */
  Attachment attach(Runnable detached) {
    return ProcessAttachment.to(
        hub,
        request.attachStdout(),
        request.attachStderr(),
        request.tty(),
        new ProcessAttachment.Input(request.attachStdin(), this::input, request.attachStdin()),
        () -> {},
        detached);
  }

  private synchronized @Nullable ProcessInput input() {
    return request.attachStdin() ? input : null;
  }

  /** Takes the only right to start. */
  synchronized void claim() {
    if (exitCode != null) {
      throw new EngineException.Conflict("exec command " + id + " has already run");
    }
    if (claimed) {
      throw new EngineException.Conflict("exec command " + id + " is already running");
    }
    claimed = true;
  }

  void start(
      Execution started, Kernel kernel, KernelEvents events, Executor executor, IntConsumer onEnd) {
    List<OutputPump> pumps = new ArrayList<>();
    synchronized (this) {
      execution = started;
      OptionalInt terminal = started.terminal();
      if (terminal.isPresent()) {
        kernel.setNonBlocking(terminal.getAsInt(), true);
        input = new ProcessInput(kernel, events, terminal.getAsInt(), false, () -> {});
        pumps.add(pump(kernel, events, executor, terminal.getAsInt(), StreamKind.STDOUT));
      } else {
        if (started.stdin().isPresent()) {
          kernel.setNonBlocking(started.stdin().getAsInt(), true);
          input = new ProcessInput(kernel, events, started.stdin().getAsInt(), true, () -> {});
        }
        started
            .stdout()
            .ifPresent(d -> pumps.add(pump(kernel, events, executor, d, StreamKind.STDOUT)));
        started
            .stderr()
            .ifPresent(d -> pumps.add(pump(kernel, events, executor, d, StreamKind.STDERR)));
      }
    }
    started.onExit(status -> executor.execute(() -> finish(status, pumps, onEnd)));
  }

  private OutputPump pump(
      Kernel kernel, KernelEvents events, Executor executor, int descriptor, StreamKind stream) {
    return OutputPump.start(kernel, events, descriptor, stream, hub, executor, false);
  }

  private void finish(ExitStatus status, List<OutputPump> pumps, IntConsumer onEnd) {
    pumps.forEach(pump -> pump.finishAfterWriter(QUIET));
    end(status.code(), onEnd);
  }

  /** It could not be started. */
  void failed(int code) {
    end(code, ignored -> {});
  }

  /** Whoever learns of the end by its output, or waits for it, finds it told already. */
  private void end(int code, IntConsumer tell) {
    ProcessInput open;
    synchronized (this) {
      exitCode = code;
      endedAt = steady.instant();
      open = input;
    }
    if (open != null) {
      open.close();
    }
    try {
      tell.accept(code);
    } finally {
      hub.end();
      ended.complete(code);
    }
  }

  /**
   * Kills its process and what that has started, so that nothing piles up in the container. A
   * process whose parent has ended before is out of reach.
   */
  void kill() {
    Execution killed;
    synchronized (this) {
      killed = exitCode == null ? execution : null;
    }
    if (killed != null) {
      List<ProcessHandle> started =
          ProcessHandle.of(killed.pid())
              .map(process -> process.descendants().toList())
              .orElse(List.of());
      killed.signal(Abi.SIGKILL);
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  synchronized void resize(Kernel kernel, int rows, int columns) {
    if (execution == null || exitCode != null) {
      throw new EngineException.Conflict("exec " + id + " is not running");
    }
    OptionalInt terminal = execution.terminal();
    if (terminal.isPresent()) {
      kernel.setWindowSize(terminal.getAsInt(), rows, columns);
    }
  }
}
