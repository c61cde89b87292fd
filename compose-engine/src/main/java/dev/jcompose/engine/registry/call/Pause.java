package dev.jcompose.engine.registry.call;

import java.time.Duration;

/** How time passes between two attempts; tests have it pass at once. */
@FunctionalInterface
public interface Pause {
  /** Real time. */
  Pause SLEEP = Thread::sleep;

  /** Waits. */
  void of(Duration time) throws InterruptedException;

  /** Waits before another attempt: half a second, then twice as long each time, up to ten. */
  default void before(int attempt) throws InterruptedException {
    of(Duration.ofMillis(Math.min(10_000, 250L << Math.min(attempt, 10))));
  }
}
