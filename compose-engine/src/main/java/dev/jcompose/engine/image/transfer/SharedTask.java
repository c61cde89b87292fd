package dev.jcompose.engine.image.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that several may wait for and hear about, and that is given up when nobody does any more.
 *
 * @param <E> what is told meanwhile
 * @param <V> what comes out
 */
public abstract class SharedTask<E, V> {
  private final CompletableFuture<V> result = new CompletableFuture<>();
  private final List<Consumer<? super E>> listeners = new ArrayList<>();
  private @Nullable E last;

  /** Does the work, on a thread of its own that is interrupted when it is given up. */
  protected abstract V work() throws Exception;

  /** Tells everybody who waits. */
  protected final void tell(E event) {
    List<Consumer<? super E>> all;
    synchronized (listeners) {
      last = event;
      all = List.copyOf(listeners);
    }
    all.forEach(listener -> listener.accept(event));
  }

  /** Waits for the result. */
  public final V await() throws InterruptedException, ExecutionException {
    try {
      return result.get();
    } catch (CancellationException e) {
      throw new ExecutionException("it was given up", e);
    }
  }

  /** Whether the work has ended, well or not. */
  final boolean isDone() {
    return result.isDone();
  }

  final void run() {
    try {
      result.complete(work());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Whoever comes later hears at once how far it is. */
  final void add(Consumer<? super E> listener) {
    E news;
    synchronized (listeners) {
      listeners.add(listener);
      news = last;
    }
    if (news != null) {
      listener.accept(news);
    }
  }

  final void remove(Consumer<? super E> listener) {
    synchronized (listeners) {
      listeners.remove(listener);
    }
  }
}
