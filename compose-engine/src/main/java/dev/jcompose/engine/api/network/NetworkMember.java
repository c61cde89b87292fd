package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** A running container on a network, as the network describes it; addresses are in CIDR form. */
public record NetworkMember(
    String name, String endpointId, String macAddress, String ipv4Address, String ipv6Address)
    implements JsonValue {

  /** Reads the wire form. */
  public static NetworkMember of(JsonObject json) {
    return new NetworkMember(
        json.string("Name"),
        json.string("EndpointID"),
        json.string("MacAddress"),
        json.string("IPv4Address"),
        json.string("IPv6Address"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("EndpointID", endpointId)
        .put("MacAddress", macAddress)
        .put("IPv4Address", ipv4Address)
        .put("IPv6Address", ipv6Address)
        .build();
  }
}
