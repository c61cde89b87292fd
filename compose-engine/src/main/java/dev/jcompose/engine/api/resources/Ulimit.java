package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** A resource limit of the container's processes: name as {@code nofile}; -1 means unlimited. */
public record Ulimit(String name, long soft, long hard) implements JsonValue {
  /** Reads the wire form. */
  public static Ulimit of(JsonObject json) {
    return new Ulimit(json.string("Name"), json.number("Soft"), json.number("Hard"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Name", name).put("Hard", hard).put("Soft", soft).build();
  }
}
