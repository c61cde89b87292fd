package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container's place in a network.
 *
 * @param network the network's name
 * @param aliases names by which others in that network find it
 * @param links {@code container:NAME:alias}: names under which only this container finds another
 * @param gatewayPriority the highest of a container's networks is its default route; null for 0
 */
public record EndpointSpec(
    String network,
    List<String> aliases,
    List<String> links,
    @Nullable String ipv4Address,
    @Nullable String ipv6Address,
    List<String> linkLocalAddresses,
    @Nullable String macAddress,
    Map<String, String> driverOptions,
    @Nullable Integer gatewayPriority) {
  public EndpointSpec {
    aliases = List.copyOf(aliases);
    links = List.copyOf(links);
    linkLocalAddresses = List.copyOf(linkLocalAddresses);
    driverOptions = Ordered.copy(driverOptions);
  }

  public EndpointSpec withAliases(List<String> newAliases) {
    return new EndpointSpec(
        network,
        newAliases,
        links,
        ipv4Address,
        ipv6Address,
        linkLocalAddresses,
        macAddress,
        driverOptions,
        gatewayPriority);
  }

  EndpointSpec mapped(References references) {
    if (links.isEmpty()) {
      return this;
    }
    return new EndpointSpec(
        network,
        aliases,
        links.stream().map(references::map).toList(),
        ipv4Address,
        ipv6Address,
        linkLocalAddresses,
        macAddress,
        driverOptions,
        gatewayPriority);
  }
}
