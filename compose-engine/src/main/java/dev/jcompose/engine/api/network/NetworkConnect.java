package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A request to join a container to a network. */
public record NetworkConnect(String container, @Nullable EndpointSettings endpoint)
    implements JsonValue {

  /** Reads the wire form. */
  public static NetworkConnect of(JsonObject json) {
    return new NetworkConnect(
        json.string("Container"),
        json.objectOrNull("EndpointConfig") == null
            ? null
            : EndpointSettings.of(json.object("EndpointConfig")));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Container", container).put("EndpointConfig", endpoint).build();
  }
}
