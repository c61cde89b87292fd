package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * Something that happened, in the form that carries the legacy members of API versions before 1.52
 * as well.
 */
public record Event(
    String status,
    String id,
    String from,
    String type,
    String action,
    EventActor actor,
    String scope,
    long time,
    long timeNano)
    implements JsonValue {

  /** Reads the wire form. */
  public static Event of(JsonObject json) {
    return new Event(
        json.string("status"),
        json.string("id"),
        json.string("from"),
        json.string("Type"),
        json.string("Action"),
        EventActor.of(json.object("Actor")),
        json.string("scope"),
        json.number("time"),
        json.number("timeNano"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("status", status)
        .putUnlessEmpty("id", id)
        .putUnlessEmpty("from", from)
        .put("Type", type)
        .put("Action", action)
        .put("Actor", actor)
        .put("scope", scope)
        .put("time", time)
        .put("timeNano", timeNano)
        .build();
  }
}
