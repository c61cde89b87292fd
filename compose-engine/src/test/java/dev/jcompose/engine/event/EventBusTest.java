package dev.jcompose.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventBusTest {
  private final EventBus bus = new EventBus(Clock.systemUTC());

  private void tell(String action) {
    bus.publish(Event.Type.CONTAINER, action, "id", Map.of());
  }

  @Test
  void tellsNewEventsInOrder() throws Exception {
    tell("before");
    try (EventSubscription events = bus.subscribe(e -> true, null, null)) {
      tell("start");
      tell("die");
      assertThat(Objects.requireNonNull(events.next()).action()).isEqualTo("start");
      assertThat(Objects.requireNonNull(events.next()).action()).isEqualTo("die");
    }
  }

  @Test
  void repeatsThePastOnlyWhenAskedAndOnlyTheLast256() throws Exception {
    for (int i = 0; i < 300; i++) {
      tell("e" + i);
    }
    try (EventSubscription events = bus.subscribe(e -> true, Instant.EPOCH, Instant.now())) {
      assertThat(Objects.requireNonNull(events.next()).action()).isEqualTo("e44");
      for (int i = 45; i < 300; i++) {
        assertThat(Objects.requireNonNull(events.next()).action()).isEqualTo("e" + i);
      }
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void anEndAloneAsksForThePastToo() throws Exception {
    tell("before");
    try (EventSubscription events = bus.subscribe(e -> true, null, Instant.now())) {
      assertThat(Objects.requireNonNull(events.next()).action()).isEqualTo("before");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void closingWakesTheListener() throws Exception {
    EventSubscription events = bus.subscribe(e -> true, null, null);
    Thread.startVirtualThread(events::close);
    assertThat(events.next()).isNull();
  }
}
