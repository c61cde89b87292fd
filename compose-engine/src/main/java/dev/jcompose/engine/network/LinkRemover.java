package dev.jcompose.engine.network;

import dev.jcompose.engine.linux.netlink.RouteConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes links, many at a time. The kernel waits for all processors after each deletion, some ten
 * milliseconds, but only once for a whole group of links: those that are asked for while it waits
 * go together in the next round.
 */
final class LinkRemover implements AutoCloseable {
  private final RouteConnection links;
  private final int group;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private List<Doomed> waiting = new ArrayList<>();
  private boolean working;

  private record Doomed(String name, CompletableFuture<Void> done) {}

  /**
   * @param links used by this alone, and closed with it
   * @param group number of the link group that links are put into to be deleted; nobody else's
   */
  LinkRemover(RouteConnection links, int group) {
    this.links = links;
    this.group = group;
  }

  /**
   * Deletes a link soon; nothing happens when it is not there.
   *
   * @return completes when the link, and all that were asked for before, are gone
   */
  CompletableFuture<Void> remove(String name) {
    Doomed doomed = new Doomed(name, new CompletableFuture<>());
    lock.lock();
    try {
      waiting.add(doomed);
      if (!working) {
        working = true;
        Thread.startVirtualThread(this::work);
      }
    } finally {
      lock.unlock();
    }
    return doomed.done;
  }

  private void work() {
    while (true) {
      List<Doomed> batch;
      lock.lock();
      try {
        if (waiting.isEmpty()) {
          working = false;
          idle.signalAll();
          return;
        }
        batch = waiting;
        waiting = new ArrayList<>();
      } finally {
        lock.unlock();
      }
      delete(batch);
    }
  }

  private void delete(List<Doomed> batch) {
    try {
      boolean any = false;
      for (Doomed doomed : batch) {
        any |= links.moveToGroup(doomed.name, group);
      }
      if (any) {
        links.deleteGroup(group);
      }
      batch.forEach(doomed -> doomed.done.complete(null));
    } catch (RuntimeException e) {
      batch.forEach(doomed -> doomed.done.completeExceptionally(e));
    }
  }

  /** Waits until everything asked for is gone. */
  @Override
  public void close() {
    lock.lock();
    try {
      while (working) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    links.close();
  }
}
