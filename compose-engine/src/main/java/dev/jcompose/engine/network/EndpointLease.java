package dev.jcompose.engine.network;

import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network promised a container. Written into the container's state, and given back to {@link
 * Networks#adopt} after a restart of the engine.
 *
 * @param endpointId 64 hexadecimal digits
 * @param networkId id of the network
 * @param networkName name of the network
 * @param driver how the container is connected; only {@link NetworkDriver#BRIDGE} has addresses
 * @param containerId id of the container
 * @param containerName name of the container
 * @param names every name the container answers to on this network: name, short id, aliases
 * @param address IPv4 address with the length of the subnet's prefix; null without a bridge
 * @param gateway address of the bridge; null without a bridge or on an internal network
 * @param macAddress Ethernet address; null without a bridge
 * @param gatewayPriority as requested
 * @param interfaceName name of the interface in the container as requested, {@code ""}: any
 */
public record EndpointLease(
    String endpointId,
    String networkId,
    String networkName,
    NetworkDriver driver,
    String containerId,
    String containerName,
    List<String> names,
    @Nullable Cidr address,
    @Nullable InetAddress gateway,
    @Nullable MacAddress macAddress,
    int gatewayPriority,
    String interfaceName) {
  public EndpointLease {
    names = List.copyOf(names);
  }

  /** The same under another name of its container. */
  EndpointLease renamed(String name) {
    List<String> changed = new ArrayList<>(names);
    changed.replaceAll(one -> one.equals(containerName) ? name : one);
    return new EndpointLease(
        endpointId,
        networkId,
        networkName,
        driver,
        containerId,
        name,
        changed,
        address,
        gateway,
        macAddress,
        gatewayPriority,
        interfaceName);
  }

  /** Name of the host's end of the veth pair: {@code jv} and eleven digits of the endpoint id. */
  public String hostInterface() {
    return "jv" + endpointId.substring(0, 11);
  }
}
