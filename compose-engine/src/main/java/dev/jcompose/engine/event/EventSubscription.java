package dev.jcompose.engine.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One listener's queue of events. A listener that lets more than {@value #MOST_WAITING} pile up is
 * cut off, so that it cannot fill the engine's memory.
 */
public final class EventSubscription implements AutoCloseable {
  private static final int MOST_WAITING = 4096;

  private final Predicate<Event> wanted;
  private final @Nullable Instant until;
  private final Clock clock;
  private final Consumer<EventSubscription> onClose;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  EventSubscription(
      Predicate<Event> wanted,
      @Nullable Instant until,
      Clock clock,
      Consumer<EventSubscription> onClose) {
    this.wanted = wanted;
    this.until = until;
    this.clock = clock;
    this.onClose = onClose;
  }

  void offer(Event event) {
    if (!wanted.test(event) || (until != null && event.time().isAfter(until))) {
      return;
    }
    lock.lock();
    try {
      if (waiting.size() == MOST_WAITING) {
        closed = true;
      } else if (!closed) {
        waiting.addLast(event);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event, waited for.
   *
   * @return null when the subscription has ended and all its events were taken
   */
  public @Nullable Event next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        if (until == null) {
          changed.await();
          continue;
        }
        Duration left = Duration.between(clock.instant(), until);
        if (left.isNegative() || left.isZero()) {
          return null;
        }
        changed.awaitNanos(left.toNanos());
      }
      return waiting.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscription; a blocked {@link #next} returns. */
  @Override
  public void close() {
    onClose.accept(this);
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
