package dev.jcompose.engine.container.live;

import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.Containers.WaitCondition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Clients that wait for a container. Guarded by the container's lock. */
public final class Waiters {
  private record Waiter(WaitCondition condition, CompletableFuture<ExitOutcome> future) {}

  private final List<Waiter> waiting = new ArrayList<>();

  public CompletableFuture<ExitOutcome> add(WaitCondition condition) {
    waiting.removeIf(waiter -> waiter.future().isDone());
    CompletableFuture<ExitOutcome> future = new CompletableFuture<>();
    waiting.add(new Waiter(condition, future));
    return future;
  }

  /** The container's process ended and will be started again by its policy. */
  public void exitedToRestart(ExitOutcome outcome) {
    complete(EnumSet.of(WaitCondition.NEXT_EXIT), outcome);
  }

  /** The container has stopped. */
  public void stopped(ExitOutcome outcome) {
    complete(EnumSet.of(WaitCondition.NEXT_EXIT, WaitCondition.NOT_RUNNING), outcome);
  }

  /** The container is gone; nobody waits for it any more. */
  public void removed(ExitOutcome outcome) {
    complete(EnumSet.allOf(WaitCondition.class), outcome);
  }

  private void complete(Set<WaitCondition> conditions, ExitOutcome outcome) {
    for (Iterator<Waiter> all = waiting.iterator(); all.hasNext(); ) {
      Waiter waiter = all.next();
      if (conditions.contains(waiter.condition())) {
        all.remove();
        waiter.future().complete(outcome);
      }
    }
  }
}
