package dev.jcompose.engine.network;

import dev.jcompose.engine.network.address.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container that wants to be on a network.
 *
 * @param containerId 64 hexadecimal digits
 * @param containerName without the slash
 * @param aliases further names the container answers to on this network
 * @param address the address it must get, null: any
 * @param macAddress the Ethernet address it must get, null: any
 * @param gatewayPriority the network with the highest priority gives the default route; equal
 *     priorities are decided by the network's name
 * @param options driver options of the endpoint
 */
public record EndpointRequest(
    String containerId,
    String containerName,
    List<String> aliases,
    @Nullable InetAddress address,
    @Nullable MacAddress macAddress,
    int gatewayPriority,
    Map<String, String> options) {
  public EndpointRequest {
    aliases = List.copyOf(aliases);
    options = Map.copyOf(options);
  }

  /** A request without wishes. */
  public static EndpointRequest of(String containerId, String containerName, List<String> aliases) {
    return new EndpointRequest(containerId, containerName, aliases, null, null, 0, Map.of());
  }
}
