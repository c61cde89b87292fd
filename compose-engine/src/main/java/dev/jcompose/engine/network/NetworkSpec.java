package dev.jcompose.engine.network;

import java.util.List;
import java.util.Map;

/**
 * A network that is asked for.
 *
 * @param name unique among the networks of this root
 * @param driver name of the driver, {@code ""} or {@code bridge}
 * @param pools at most one pool of IPv4 addresses, empty: the engine chooses
 * @param internal containers reach each other and nothing else
 * @param enableIpv6 whether IPv6 addresses are wanted
 * @param attachable kept for the API, has no effect on a bridge
 * @param options driver options, {@code com.docker.network.*}
 * @param ipamOptions options of the address pools, kept for the API
 * @param labels kept for the API
 */
public record NetworkSpec(
    String name,
    String driver,
    List<AddressPool> pools,
    boolean internal,
    boolean enableIpv6,
    boolean attachable,
    Map<String, String> options,
    Map<String, String> ipamOptions,
    Map<String, String> labels) {
  public NetworkSpec {
    pools = List.copyOf(pools);
    options = Map.copyOf(options);
    ipamOptions = Map.copyOf(ipamOptions);
    labels = Map.copyOf(labels);
  }

  /** A bridge network with nothing special about it. */
  public static NetworkSpec bridge(String name) {
    return new NetworkSpec(
        name, "bridge", List.of(), false, false, false, Map.of(), Map.of(), Map.of());
  }
}
