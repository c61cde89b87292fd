package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.WaitResult;
import dev.jcompose.engine.runtime.ExitStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process by pidfd: signalled without mistaking it for another, and watched until it ends. */
final class WatchedProcess {
  private static final int SIGNALLED = 128;
  private static final int KILLED = 137;

  private final Kernel kernel;
  private final int pid;
  private final int pidfd;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
  private boolean open = true;

  /**
   * @param oomKilled asked once, when it has ended
   * @param record where its keeper writes what the kernel may not tell the engine; null when it has
   *     no keeper
   */
  WatchedProcess(
      Kernel kernel,
      KernelEvents events,
      int pid,
      BooleanSupplier oomKilled,
      @Nullable ExitRecord record) {
    this.kernel = kernel;
    this.pid = pid;
    this.pidfd = kernel.openProcess(pid);
    int watched;
    try {
      watched = kernel.openProcess(pid);
    } catch (KernelException gone) {
      kernel.close(pidfd);
      throw gone;
    }
    events.watchExit(watched, result -> ended(known(result, record), oomKilled));
  }

  private WatchedProcess(Kernel kernel, int pid) {
    this.kernel = kernel;
    this.pid = pid;
    this.pidfd = kernel.openProcess(pid);
  }

  /** A process whose end is for whoever inherits it to collect: nobody learns of it here. */
  static WatchedProcess ofOthers(Kernel kernel, int pid) {
    return new WatchedProcess(kernel, pid);
  }

  int pid() {
    return pid;
  }

  /** Valid until the process has ended. */
  int pidfd() {
    return pidfd;
  }

  private void ended(WaitResult result, BooleanSupplier oomKilled) {
    synchronized (this) {
      open = false;
      kernel.close(pidfd);
    }
    boolean oom = oomKilled.getAsBoolean();
    Instant now = Instant.now();
    exit.complete(status(result, oom, now));
  }

  private static WaitResult known(WaitResult result, @Nullable ExitRecord record) {
    return result instanceof WaitResult.Unknown && record != null
        ? record.read().orElse(result)
        : result;
  }

  /** In the engine's words. */
  static ExitStatus status(WaitResult result, boolean oomKilled, Instant at) {
    return switch (result) {
      case WaitResult.Exited(int code) -> new ExitStatus(code, true, oomKilled, at);
      case WaitResult.Signalled(int signal) ->
          new ExitStatus(SIGNALLED + signal, true, oomKilled, at);
      case WaitResult.Unknown _, WaitResult.Running _ ->
          new ExitStatus(KILLED, false, oomKilled, at);
    };
  }

  /** Sends a signal unless it has ended. */
  synchronized void signal(int signal) {
    if (open) {
      try {
        kernel.signal(pidfd, signal);
      } catch (KernelException gone) {
        if (!gone.errno().equals(dev.jcompose.engine.linux.Errno.ESRCH)) {
          throw gone;
        }
      }
    }
  }

  void onExit(Consumer<ExitStatus> listener) {
    var _ = exit.thenAccept(listener);
  }

  /** Waits for the end. */
  ExitStatus await() {
    return exit.join();
  }

  /** How it ended, if it does within this time. */
  Optional<ExitStatus> endWithin(int seconds) {
    try {
      return Optional.of(exit.get(seconds, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  boolean ended() {
    return exit.isDone();
  }
}
