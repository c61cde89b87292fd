package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** A request to take a container off a network. */
public record NetworkDisconnect(String container, boolean force) implements JsonValue {

  /** Reads the wire form. */
  public static NetworkDisconnect of(JsonObject json) {
    return new NetworkDisconnect(json.string("Container"), json.flag("Force"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Container", container).put("Force", force).build();
  }
}
