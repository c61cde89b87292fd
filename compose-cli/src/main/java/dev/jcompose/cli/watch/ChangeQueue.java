package dev.jcompose.cli.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Gathers what changes until it has been quiet for a moment, so that saving many files is one
 * batch. What comes while a batch is dealt with belongs to the next one. Safe for many threads.
 */
final class ChangeQueue {
  /** As docker compose (compose facts 3.27). */
  static final Duration QUIET = Duration.ofMillis(500);

  /** A file that is written all the time must not keep the others waiting for ever. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  /**
   * What happened together.
   *
   * @param paths absolute paths that were made, changed or taken away
   * @param started ids of containers that were started
   */
  record Batch(Set<Path> paths, Set<String> started) {}

  private final LongSupplier nanoTime;
  private Set<Path> paths = new LinkedHashSet<>();
  private Set<String> started = new LinkedHashSet<>();
  private long first;
  private long last;
  private boolean closed;

  ChangeQueue(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void changed(Path path) {
    noticed();
    paths.add(path);
  }

  synchronized void started(String container) {
    noticed();
    started.add(container);
  }

  private void noticed() {
    last = nanoTime.getAsLong();
    if (isEmpty()) {
      first = last;
    }
    notifyAll();
  }

  /** The next batch, once it is quiet; empty when the queue is closed. */
  synchronized Optional<Batch> take() throws InterruptedException {
    while (!closed) {
      if (isEmpty()) {
        wait();
        continue;
      }
      long left = left();
      if (left <= 0) {
        return Optional.of(drain());
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return Optional.empty();
  }

  /** The batch if it is due now, without waiting. */
  synchronized Optional<Batch> poll() {
    return isEmpty() || left() > 0 ? Optional.empty() : Optional.of(drain());
  }

  /** Nanoseconds until what is there is a batch; zero or less when it is one. */
  private long left() {
    long now = nanoTime.getAsLong();
    return Math.min(QUIET.toNanos() - (now - last), LONGEST.toNanos() - (now - first));
  }

  private Batch drain() {
    Batch batch = new Batch(paths, started);
    paths = new LinkedHashSet<>();
    started = new LinkedHashSet<>();
    return batch;
  }

  private boolean isEmpty() {
    return paths.isEmpty() && started.isEmpty();
  }

  /** Ends {@link #take}; what was not taken is dropped. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
