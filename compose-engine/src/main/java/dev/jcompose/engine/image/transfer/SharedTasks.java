package dev.jcompose.engine.image.transfer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The tasks that run now, by what they are about: whoever wants the same thing joins in.
 *
 * @param <K> what a task is about
 * @param <E> what tasks tell
 * @param <T> the tasks
 */
public final class SharedTasks<K, E, T extends SharedTask<E, ?>> {
  private final class Running {
    final T task;
    final Thread thread;
    int waiting = 1;

    Running(T task, Thread thread) {
      this.task = task;
      this.thread = thread;
    }
  }

  private final Map<K, Running> running = new HashMap<>();

  /**
   * One waiter's part in a task; closing it says that the waiter waits no longer.
   *
   * @param <T> the task
   */
  public interface Share<T> extends AutoCloseable {
    /** The task. */
    T task();

    @Override
    void close();
  }

  /**
   * Joins the task about this, or starts it.
   *
   * @param maker makes the task when none runs
   * @param listener hears what the task tells, from its threads
   */
  public Share<T> join(K key, Supplier<T> maker, Consumer<? super E> listener) {
    Running joined;
    synchronized (running) {
      joined = running.get(key);
      if (joined == null || joined.task.isDone()) {
        T task = maker.get();
        Thread thread =
            Thread.ofVirtual()
                .name("shared " + key)
                .unstarted(
                    () -> {
                      task.run();
                      forgetDone(key);
                    });
        joined = new Running(task, thread);
        running.put(key, joined);
        thread.start();
      } else {
        joined.waiting++;
      }
    }
    joined.task.add(listener);
    return new Part(key, joined, listener);
  }

  /** A task that somebody has begun anew meanwhile is not done. */
  private void forgetDone(K key) {
    synchronized (running) {
      running.computeIfPresent(key, (k, known) -> known.task.isDone() ? null : known);
    }
  }

  private final class Part implements Share<T> {
    private final K key;
    private final Running joined;
    private final Consumer<? super E> listener;
    private boolean left;

    Part(K key, Running joined, Consumer<? super E> listener) {
      this.key = key;
      this.joined = joined;
      this.listener = listener;
    }

    @Override
    public T task() {
      return joined.task;
    }

    @Override
    public void close() {
      joined.task.remove(listener);
      boolean unwanted;
      synchronized (running) {
        if (left) {
          return;
        }
        left = true;
        joined.waiting--;
        unwanted = joined.waiting == 0 && !joined.task.isDone();
        if (unwanted) {
          // Whoever wants it from now on starts anew.
          running.remove(key);
          joined.thread.interrupt();
        }
      }
      if (unwanted) {
        awaitEnd();
      }
    }

    /** What comes next may use the same files. */
    private void awaitEnd() {
      boolean interrupted = Thread.interrupted();
      try {
        joined.task.await();
      } catch (ExecutionException e) {
        // It ended, and nobody is left to be told why.
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
