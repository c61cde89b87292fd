package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container's place in a network.
 *
 * @param network the network's name
 * @param aliases names by which others in that network find it
 * @param gatewayPriority the highest of a container's networks is its default route; null for 0
 */
public record EndpointSpec(
    String network,
    List<String> aliases,
    @Nullable String ipv4Address,
    @Nullable String ipv6Address,
    List<String> linkLocalAddresses,
    @Nullable String macAddress,
    Map<String, String> driverOptions,
    @Nullable Integer gatewayPriority) {
  public EndpointSpec {
    aliases = List.copyOf(aliases);
    linkLocalAddresses = List.copyOf(linkLocalAddresses);
    driverOptions = Ordered.copy(driverOptions);
  }

  public EndpointSpec withAliases(List<String> newAliases) {
    return new EndpointSpec(
        network,
        newAliases,
        ipv4Address,
        ipv6Address,
        linkLocalAddresses,
        macAddress,
        driverOptions,
        gatewayPriority);
  }
}
