package dev.jcompose.engine.container.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Output on its way to one attached client. */
final class ClientOutput {
  /** Bytes that may wait; then the producer waits too. */
  private static final int MOST_BYTES = 1 << 20;

  private final boolean stdout;
  private final boolean stderr;
  private final Deque<OutputChunk> chunks = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long joinedAfter;
  private int bytes;
  private boolean ended;
  private boolean abandoned;

  ClientOutput(boolean stdout, boolean stderr) {
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Pieces up to this number are not for this client. */
  void joinAfter(long number) {
    joinedAfter = number;
  }

  void offer(OutputChunk chunk, long number) throws InterruptedException {
    boolean wanted =
        switch (chunk.stream()) {
          case STDOUT -> stdout;
          case STDERR -> stderr;
          case STDIN -> false;
        };
    if (!wanted || number <= joinedAfter) {
      return;
    }
    lock.lock();
    try {
      while (bytes > MOST_BYTES && !abandoned) {
        changed.await();
      }
      if (!abandoned && !ended) {
        chunks.addLast(chunk);
        bytes += chunk.bytes().remaining();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next chunk, waited for; null after the end. */
  @Nullable OutputChunk take() throws InterruptedException {
    lock.lock();
    try {
      while (chunks.isEmpty() && !ended && !abandoned) {
        changed.await();
      }
      OutputChunk chunk = abandoned ? null : chunks.pollFirst();
      if (chunk != null) {
        bytes -= chunk.bytes().remaining();
        changed.signalAll();
      }
      return chunk;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come; what waits can still be taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits a little for the end; true when nothing more comes or the client has left. */
  boolean isOverWithin(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!ended && !abandoned && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ended || abandoned;
    } finally {
      lock.unlock();
    }
  }

  /** The client has left: nobody waits for it any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
