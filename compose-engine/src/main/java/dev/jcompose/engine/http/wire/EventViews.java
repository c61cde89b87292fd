package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.system.EventActor;
import dev.jcompose.engine.event.Event;
import java.time.Duration;
import java.time.Instant;

/** Events as the API sends them. */
public final class EventViews {
  private EventViews() {}

  /** An event with the members that clients before API 1.52 read. */
  public static dev.jcompose.engine.api.system.Event view(Event event) {
    boolean legacy =
        switch (event.type()) {
          case CONTAINER, IMAGE -> true;
          case NETWORK, VOLUME, DAEMON, BUILDER -> false;
        };
    String image =
        event.type() == Event.Type.CONTAINER ? event.attributes().getOrDefault("image", "") : "";
    return new dev.jcompose.engine.api.system.Event(
        legacy ? event.action() : "",
        legacy ? event.id() : "",
        image,
        event.type().text(),
        event.action(),
        new EventActor(event.id(), event.attributes()),
        "local",
        event.time().getEpochSecond(),
        Duration.between(Instant.EPOCH, event.time()).toNanos());
  }
}
