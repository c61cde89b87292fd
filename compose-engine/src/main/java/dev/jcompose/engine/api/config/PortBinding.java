package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * One host address a port is published on. An empty {@code hostIp} means all addresses; {@code
 * hostPort} is a number, a range {@code a-b}, or "" / "0" for any free one.
 */
public record PortBinding(String hostIp, String hostPort) implements JsonValue {
  /** Reads the wire form. */
  public static PortBinding of(JsonObject json) {
    return new PortBinding(json.string("HostIp"), json.string("HostPort"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("HostIp", hostIp).put("HostPort", hostPort).build();
  }
}
