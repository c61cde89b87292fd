package dev.jcompose.core.adapter;

import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.system.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events as they come. */
final class EventStream implements EventReader {
  private static final long NANOS = 1_000_000_000;

  private final JsonLines lines;

  EventStream(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable EngineEvent next() {
    return Calls.call(this::read);
  }

  private @Nullable EngineEvent read() {
    JsonObject line = lines.next();
    if (line == null) {
      return null;
    }
    Event event = Event.of(line);
    return new EngineEvent(
        event.type(),
        event.action(),
        event.actor().id(),
        event.actor().attributes(),
        event.timeNano() == 0
            ? Instant.ofEpochSecond(event.time())
            : Instant.ofEpochSecond(event.timeNano() / NANOS, event.timeNano() % NANOS));
  }

  @Override
  public void close() {
    lines.close();
  }
}
