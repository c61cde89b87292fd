package dev.jcompose.engine.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.http.Filters;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventFilterTest {
  private static final Event STARTED =
      new Event(
          Event.Type.CONTAINER,
          "start",
          "abcdef",
          Map.of("image", "host/app:1", "name", "web", "p", "q"),
          Instant.EPOCH);
  private static final Event PROBED =
      new Event(Event.Type.CONTAINER, "exec_create: /bin/true ", "abcdef", Map.of(), Instant.EPOCH);

  @Test
  void findsContainersByNameIdAndImage() {
    for (String match :
        new String[] {
          "container\":[\"web",
          "container\":[\"abc",
          "image\":[\"host/app",
          "image\":[\"host/app:1",
          "label\":[\"p=q",
          "type\":[\"container",
          "event\":[\"start",
          "scope\":[\"local"
        }) {
      assertThat(matches(match, STARTED)).as(match).isTrue();
    }
    for (String other :
        new String[] {
          "container\":[\"we",
          "image\":[\"app",
          "label\":[\"p=r",
          "type\":[\"image",
          "network\":[\"web"
        }) {
      assertThat(matches(other, STARTED)).as(other).isFalse();
    }
  }

  @Test
  void matchesActionsWithDetailByTheirBeginning() {
    assertThat(matches("event\":[\"exec_create", PROBED)).isTrue();
    assertThat(matches("event\":[\"exec_start", PROBED)).isFalse();
    assertThat(matches("event\":[\"star", STARTED)).isFalse();
  }

  private static boolean matches(String filter, Event event) {
    return new EventFilter(Filters.parse("{\"" + filter + "\"]}", Set.of(EventFilter.KEYS)))
        .matches(event);
  }
}
