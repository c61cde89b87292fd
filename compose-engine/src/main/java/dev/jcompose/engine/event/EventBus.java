package dev.jcompose.engine.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells events to subscribers in the order they happened, and remembers the last {@value
 * #REMEMBERED} for those who ask about the past.
 */
public final class EventBus {
  /** As many as Docker remembers. */
  static final int REMEMBERED = 256;

  private final Clock clock;
  private final Deque<Event> past = new ArrayDeque<>(REMEMBERED);
  private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();

  public EventBus(Clock clock) {
    this.clock = clock;
  }

  /** Tells that something happened now. Never blocks on a slow subscriber. */
  public void publish(Event.Type type, String action, String id, Map<String, String> attributes) {
    // One lock for stamping, remembering and delivering: all subscribers see one order.
    synchronized (past) {
      Event event = new Event(type, action, id, attributes, clock.instant());
      if (past.size() == REMEMBERED) {
        past.removeFirst();
      }
      past.addLast(event);
      for (EventSubscription subscription : subscriptions) {
        subscription.offer(event);
      }
    }
  }

  /**
   * Subscribes to the events that match.
   *
   * @param since also remembered events not older than this come, first
   * @param until the subscription ends at this moment; null: never. With neither bound only new
   *     events come, with this one alone also all that are remembered
   */
  public EventSubscription subscribe(
      Predicate<Event> wanted, @Nullable Instant since, @Nullable Instant until) {
    var subscription = new EventSubscription(wanted, until, clock, subscriptions::remove);
    synchronized (past) {
      if (since != null || until != null) {
        for (Event event : past) {
          if (since == null || !event.time().isBefore(since)) {
            subscription.offer(event);
          }
        }
      }
      subscriptions.add(subscription);
    }
    return subscription;
  }
}
