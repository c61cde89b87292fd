package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** Addresses a container asks for on a network; empty members leave the choice to the engine. */
public record EndpointIpam(String ipv4Address, String ipv6Address, List<String> linkLocalIps)
    implements JsonValue {

  /** Copies the collections. */
  public EndpointIpam {
    linkLocalIps = List.copyOf(linkLocalIps);
  }

  /** Reads the wire form. */
  public static EndpointIpam of(JsonObject json) {
    return new EndpointIpam(
        json.string("IPv4Address"), json.string("IPv6Address"), json.strings("LinkLocalIPs"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("IPv4Address", ipv4Address)
        .putUnlessEmpty("IPv6Address", ipv6Address)
        .putUnlessEmpty("LinkLocalIPs", linkLocalIps)
        .build();
  }
}
