package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * A port in the container list; {@code publicPort} 0 and an empty {@code ip} when it is not
 * published.
 */
public record PortSummary(String ip, int privatePort, int publicPort, String type)
    implements JsonValue {

  /** Reads the wire form. */
  public static PortSummary of(JsonObject json) {
    return new PortSummary(
        json.string("IP"),
        json.integer("PrivatePort"),
        json.integer("PublicPort"),
        json.string("Type"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("IP", ip)
        .put("PrivatePort", privatePort)
        .putUnlessEmpty("PublicPort", publicPort)
        .put("Type", type)
        .build();
  }
}
