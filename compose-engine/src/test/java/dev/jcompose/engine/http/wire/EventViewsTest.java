package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.event.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventViewsTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000000006Z");

  @Test
  void carriesTheLegacyMembersOfContainerEvents() {
    Event event = new Event(Event.Type.CONTAINER, "die", "abc", Map.of("image", "app:1"), TIME);
    assertThat(EventViews.view(event).toJson())
        .hasToString(
            "{\"status\":\"die\",\"id\":\"abc\",\"from\":\"app:1\",\"Type\":\"container\","
                + "\"Action\":\"die\",\"Actor\":{\"ID\":\"abc\",\"Attributes\":{\"image\":\"app:1\"}},"
                + "\"scope\":\"local\",\"time\":1767323045,\"timeNano\":1767323045000000006}");
  }

  @Test
  void leavesThemOutElsewhere() {
    Event event = new Event(Event.Type.NETWORK, "create", "n", Map.of("name", "x"), TIME);
    assertThat(EventViews.view(event).toJson().names()).doesNotContain("status", "id", "from");
  }
}
