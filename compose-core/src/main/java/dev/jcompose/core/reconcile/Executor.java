package dev.jcompose.core.reconcile;

import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.Step;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one plan. Each step starts, on a virtual thread, the moment what it needs is done; a
 * failed step stops only what depends on it.
 */
final class Executor {
  private enum State {
    PENDING,
    RUNNING,
    DONE,
    FAILED,
    SKIPPED
  }

  private record Dependent(int step, boolean required) {}

  private final Plan plan;
  private final boolean serial;
  private final Semaphore transfers;
  private final @Nullable Duration waitTimeout;
  private final StepRunner runner;
  private final Progress progress;
  private final long origin = System.nanoTime();

  // All below is guarded by this; indexes are step numbers minus 1.
  private final State[] states;
  private final int[] open;
  private final boolean[] doomed;
  private final List<List<Dependent>> dependents;
  private final Map<Integer, Thread> threads = new LinkedHashMap<>();
  private final List<Outcome.Failure> failures = new ArrayList<>();
  private final List<Outcome.Timing> timings = new ArrayList<>();
  private boolean cancelled;
  private boolean outOfTime;
  private final CountDownLatch left;

  Executor(
      Plan plan,
      Engine engine,
      Consumer<ProgressEvent> listener,
      BuildListener builds,
      boolean serial,
      int transfers,
      @Nullable Duration waitTimeout) {
    this.plan = plan;
    this.serial = serial;
    this.transfers = new Semaphore(transfers > 0 ? transfers : Integer.MAX_VALUE);
    this.waitTimeout = waitTimeout;
    this.runner = new StepRunner(engine, builds);
    this.progress = new Progress(plan, listener);
    int count = plan.steps().size();
    this.states = new State[count];
    this.open = new int[count];
    this.doomed = new boolean[count];
    this.left = new CountDownLatch(count);
    this.dependents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      states[i] = State.PENDING;
      dependents.add(new ArrayList<>());
      Step step = plan.steps().get(i);
      open[i] = step.needs().size();
      for (Step.Need need : step.needs()) {
        dependents.get(need.step() - 1).add(new Dependent(i, need.required()));
      }
    }
  }

  /** Carries the plan out and returns when every step has ended or been given up. */
  Outcome run() {
    Thread timer = waitTimeout == null ? null : Thread.startVirtualThread(this::runOutOfTime);
    if (serial) {
      for (int i = 0; i < states.length; i++) {
        if (claim(i)) {
          perform(i);
        }
      }
    } else {
      List<Integer> first = new ArrayList<>();
      synchronized (this) {
        for (int i = 0; i < states.length; i++) {
          if (open[i] == 0) {
            first.add(i);
          }
        }
      }
      first.forEach(this::launch);
      if (awaitAll()) {
        Thread.currentThread().interrupt();
      }
    }
    if (timer != null) {
      timer.interrupt();
    }
    synchronized (this) {
      List<String> warnings = new ArrayList<>(plan.warnings());
      warnings.addAll(runner.warnings());
      return new Outcome(failures, warnings, cancelled, runner.started(), timings);
    }
  }

  /**
   * Begins no further step and interrupts the running ones, except starts of containers: they take
   * little time, and one given up half-way would leave a container running that nobody has seen.
   */
  synchronized void cancel() {
    cancelled = true;
    threads.forEach(
        (index, thread) -> {
          if (!(plan.steps().get(index).action() instanceof Action.StartContainer)) {
            thread.interrupt();
          }
        });
  }

  private boolean awaitAll() {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        return interrupted;
      } catch (InterruptedException stop) {
        interrupted = true;
        cancel();
      }
    }
  }

  private void launch(int index) {
    Thread.startVirtualThread(
        () -> {
          int next = index;
          // The thread goes on with one of the steps it set free; others get threads of their own.
          while (next >= 0) {
            List<Integer> ready = claim(next) ? perform(next) : List.of();
            next = -1;
            for (int other : ready) {
              if (next < 0) {
                next = other;
              } else {
                launch(other);
              }
            }
          }
        });
  }

  private synchronized boolean claim(int index) {
    if (states[index] != State.PENDING) {
      return false;
    }
    if (cancelled || doomed[index]) {
      end(index, State.SKIPPED);
      return false;
    }
    states[index] = State.RUNNING;
    threads.put(index, Thread.currentThread());
    return true;
  }

  /** Runs a claimed step and returns the steps that may begin now. */
  private List<Integer> perform(int index) {
    Action action = plan.steps().get(index).action();
    boolean transfers = isTransfer(action);
    boolean admitted = false;
    long began = System.nanoTime();
    State state = State.FAILED;
    try {
      if (transfers) {
        this.transfers.acquire();
        admitted = true;
        began = System.nanoTime();
      }
      progress.begun(action, began);
      runner.run(action, news -> progress.working(action, news));
      state = State.DONE;
      progress.done(action, began, System.nanoTime());
    } catch (StepRunner.StillInUse inUse) {
      state = State.DONE;
      progress.warned(action, String.valueOf(inUse.getMessage()));
    } catch (EngineException failed) {
      failed(index, action, failed.text());
    } catch (InterruptedException _) {
      failed(index, action, "interrupted");
    } catch (RuntimeException | Error bug) {
      failed(index, action, bug.toString());
    } finally {
      if (admitted) {
        this.transfers.release();
      }
    }
    long now = System.nanoTime();
    synchronized (this) {
      threads.remove(index);
      if (!cancelled && (!serial || outOfTime)) {
        // An interrupt meant for this step must not hit the next one on this thread.
        Thread.interrupted();
      }
      timings.add(
          new Outcome.Timing(
              action.text(), Duration.ofNanos(began - origin), Duration.ofNanos(now - began)));
      return end(index, state);
    }
  }

  private void failed(int index, Action action, String reason) {
    String text = "cannot " + action.text() + ": " + reason;
    boolean waiting = isWait(action);
    synchronized (this) {
      if (cancelled) {
        text = "Interrupted";
      } else if (waiting && outOfTime) {
        text = action.text() + ": it took longer than " + seconds(waitTimeout);
      } else if (waiting) {
        text = action.text() + ": " + reason;
      }
      if (!cancelled && waiting && isOptional(index)) {
        progress.warned(action, text);
        return;
      }
      if (!cancelled) {
        failures.add(new Outcome.Failure(Progress.id(action), text));
      }
    }
    progress.failed(action, text);
  }

  private static String seconds(@Nullable Duration duration) {
    return duration == null ? "allowed" : duration.toMillis() / 1000.0 + " s";
  }

  private static boolean isTransfer(Action action) {
    return action instanceof Action.PullImage
        || action instanceof Action.PushImage
        || action instanceof Action.BuildImage;
  }

  private static boolean isWait(Action action) {
    return action instanceof Action.AwaitHealthy
        || action instanceof Action.AwaitCompleted
        || action instanceof Action.AwaitHook
        || action instanceof Action.AwaitStable
        || action instanceof Action.AwaitUp;
  }

  /** Whether everything that waits for this step goes on without its success. */
  private boolean isOptional(int index) {
    List<Dependent> waiting = dependents.get(index);
    return !waiting.isEmpty() && waiting.stream().noneMatch(Dependent::required);
  }

  /** Ends a step, gives up what required it, and returns what may begin. Holds the lock. */
  private List<Integer> end(int index, State state) {
    List<Integer> ready = new ArrayList<>();
    Deque<Integer> ended = new ArrayDeque<>();
    states[index] = state;
    left.countDown();
    ended.add(index);
    while (!ended.isEmpty()) {
      int one = ended.remove();
      boolean failed = states[one] != State.DONE;
      for (Dependent dependent : dependents.get(one)) {
        int other = dependent.step();
        doomed[other] |= failed && dependent.required();
        open[other]--;
        if (open[other] == 0 && states[other] == State.PENDING) {
          if (doomed[other] || cancelled) {
            states[other] = State.SKIPPED;
            left.countDown();
            ended.add(other);
          } else {
            ready.add(other);
          }
        }
      }
    }
    return ready;
  }

  private void runOutOfTime() {
    Duration timeout = waitTimeout;
    if (timeout == null) {
      return;
    }
    try {
      Thread.sleep(timeout);
    } catch (InterruptedException finished) {
      return;
    }
    synchronized (this) {
      outOfTime = true;
      threads.forEach(
          (index, thread) -> {
            if (isWait(plan.steps().get(index).action())) {
              thread.interrupt();
            }
          });
    }
  }
}
