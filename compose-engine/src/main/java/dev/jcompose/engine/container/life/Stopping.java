package dev.jcompose.engine.container.life;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.create.Signals;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.runtime.LaunchException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Ends containers: with patience, or at once. */
final class Stopping {
  private static final int GRACE_SECONDS = 10;
  private static final Duration KILL_WAIT = Duration.ofSeconds(10);

  private final Surroundings around;

  Stopping(Surroundings around) {
    this.around = around;
  }

  /** As {@link dev.jcompose.engine.container.Containers#stop}. */
  void stop(LiveContainer live, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    Run run = claim(live, true);
    if (run != null) {
      end(live, run, timeoutSeconds, signal);
    }
    live.tell("stop");
  }

  /** The same, but neither policy nor auto-removal act on the exit. */
  void stopForRestart(
      LiveContainer live, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    live.locked(() -> live.restartingByHand(true));
    try {
      Run run = claim(live, false);
      if (run != null) {
        end(live, run, timeoutSeconds, signal);
      }
      live.tell("stop");
    } catch (EngineException.NotModified e) {
      // It ended by itself in the meantime.
    } finally {
      live.locked(() -> live.restartingByHand(false));
    }
  }

  /**
   * Marks a container as stopped on purpose.
   *
   * @return its run; null when it was only waiting for a restart, which is now called off
   */
  private @Nullable Run claim(LiveContainer live, boolean byHand) {
    live.lock().lock();
    try {
      Run run = live.run();
      if (run != null) {
        if (byHand) {
          live.markStoppedByHand();
        }
        CrashPoint.STOP_MARKED.reached();
        return run;
      }
      if (live.state().status() != Status.RESTARTING) {
        throw new EngineException.NotModified("the container does not run");
      }
      callOffRestart(live, byHand);
      return null;
    } finally {
      live.lock().unlock();
    }
  }

  private static void callOffRestart(LiveContainer live, boolean byHand) {
    live.saveState(
        state ->
            state.withStatus(Status.EXITED).withStoppedByHand(byHand || state.stoppedByHand()));
    live.waiters().stopped(new ExitOutcome(live.state().exitCode(), ""));
  }

  private void end(
      LiveContainer live, Run run, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    String text = signal == null || signal.isEmpty() ? stopSignal(live) : signal;
    send(live, run, Signals.parse(text));
    Integer own = live.container().spec().process().stopTimeoutSeconds();
    int seconds = timeoutSeconds != null ? timeoutSeconds : own != null ? own : GRACE_SECONDS;
    if (seconds < 0) {
      awaitEnd(run, null);
    } else if (!awaitEnd(run, Duration.ofSeconds(seconds))) {
      killAndWait(live, run);
    }
  }

  private static String stopSignal(LiveContainer live) {
    String own = live.container().spec().process().stopSignal();
    return own.isEmpty() ? "SIGTERM" : own;
  }

  private void killAndWait(LiveContainer live, Run run) {
    send(live, run, Abi.SIGKILL);
    if (!awaitEnd(run, KILL_WAIT)) {
      throw new EngineException.Failed(
          "container "
              + live.container().name()
              + " does not end after SIGKILL; a process of it hangs in the kernel");
    }
  }

  private void send(LiveContainer live, Run run, int signal) {
    around.runtime().signal(run.launched(), signal);
    CrashPoint.STOP_SIGNALLED.reached();
    live.tell("kill", "signal", Integer.toString(signal));
    live.lock().lock();
    try {
      boolean ends = signal == Abi.SIGKILL || isStopSignal(live, signal);
      if (ends && live.run() == run && live.state().status() == Status.PAUSED) {
        // A frozen process does not see its signal.
        around.runtime().resume(run.launched());
        live.saveState(state -> state.withStatus(Status.RUNNING));
      }
    } catch (LaunchException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      live.lock().unlock();
    }
  }

  private static boolean isStopSignal(LiveContainer live, int signal) {
    return signal == Signals.parse(stopSignal(live));
  }

  /**
   * Waits for a run to be over and dealt with.
   *
   * @param most null: as long as it takes
   */
  private static boolean awaitEnd(Run run, @Nullable Duration most) {
    try {
      if (most == null) {
        run.settled().get();
      } else {
        run.settled().get(most.toNanos(), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("the engine shuts down");
    }
  }

  /** As {@link dev.jcompose.engine.container.Containers#kill}. */
  void kill(LiveContainer live, @Nullable String text) {
    int signal = text == null || text.isEmpty() ? Abi.SIGKILL : Signals.parse(text);
    Run run;
    live.lock().lock();
    try {
      run = live.run();
      if (run == null) {
        boolean ends = signal == Abi.SIGKILL || isStopSignal(live, signal);
        if (live.state().status() == Status.RESTARTING && ends) {
          callOffRestart(live, true);
          return;
        }
        throw new EngineException.Conflict(
            "cannot kill container: "
                + live.container().name()
                + ": container "
                + live.container().id()
                + " is not running");
      }
      if (signal == Abi.SIGKILL || isStopSignal(live, signal)) {
        live.markStoppedByHand();
      }
    } finally {
      live.lock().unlock();
    }
    if (signal == Abi.SIGKILL) {
      killAndWait(live, run);
    } else {
      send(live, run, signal);
    }
  }

  /** Kills whatever runs, to remove the container. */
  void killForRemoval(LiveContainer live) {
    Run run;
    live.lock().lock();
    try {
      run = live.run();
      if (run == null && live.state().status() == Status.RESTARTING) {
        callOffRestart(live, true);
      } else if (run != null) {
        ContainerState state = live.state();
        live.show(live.container().withState(state.withStoppedByHand(true)));
      }
    } finally {
      live.lock().unlock();
    }
    if (run != null) {
      killAndWait(live, run);
    }
  }
}
