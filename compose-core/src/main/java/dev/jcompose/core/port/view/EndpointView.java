package dev.jcompose.core.port.view;

import java.util.List;

/**
 * A container's place in a network.
 *
 * @param network the network's name
 * @param networkId empty while the container has never been started
 * @param address the IPv4 address, empty when it has none now
 */
public record EndpointView(
    String network, String networkId, String address, String gateway, List<String> aliases) {
  public EndpointView {
    aliases = List.copyOf(aliases);
  }
}
