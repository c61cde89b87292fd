package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event is about: its id (for networks and containers 64 hex digits, for volumes the name)
 * and attributes.
 */
public record EventActor(String id, Map<String, String> attributes) implements JsonValue {

  /** Copies the collections. */
  public EventActor {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** Reads the wire form. */
  public static EventActor of(JsonObject json) {
    return new EventActor(json.string("ID"), json.stringMap("Attributes"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("ID", id).put("Attributes", attributes).build();
  }
}
