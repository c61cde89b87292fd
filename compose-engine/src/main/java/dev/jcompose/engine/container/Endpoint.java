package dev.jcompose.engine.container;

import dev.jcompose.engine.container.spec.NetworkSettings;
import java.util.List;

/**
 * A container's place on one network. Addresses are empty while it does not run.
 *
 * @param network the network's name
 * @param networkId its id; empty until the container has been started once
 * @param settings what the client asked for on this network
 * @param endpointId 64 hex digits; empty while not connected
 * @param names all names under which the network's members find it
 * @param address IPv4 address without prefix
 * @param prefixLength of the network; 0 without an address
 * @param gateway IPv4 address of the gateway
 * @param address6 IPv6 address without prefix
 * @param prefixLength6 of the network; 0 without an address
 * @param gateway6 IPv6 address of the gateway
 * @param macAddress lower case, colons
 */
public record Endpoint(
    String network,
    String networkId,
    NetworkSettings.Attachment settings,
    String endpointId,
    List<String> names,
    String address,
    int prefixLength,
    String gateway,
    String address6,
    int prefixLength6,
    String gateway6,
    String macAddress) {
  public Endpoint {
    names = List.copyOf(names);
  }

  /** The wish, not yet fulfilled. */
  public static Endpoint wanted(String network, NetworkSettings.Attachment settings) {
    return new Endpoint(network, "", settings, "", List.of(), "", 0, "", "", 0, "", "");
  }
}
