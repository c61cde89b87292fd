package dev.jcompose.engine.network;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A network that exists. Its endpoints are asked for with {@link Networks#endpoints(String)}.
 *
 * @param id 64 hexadecimal digits
 * @param name unique among the networks of this root
 * @param driver how containers are connected
 * @param pools addresses with subnet and gateway filled in; empty for host, none and a default
 *     bridge that nobody used yet
 * @param internal containers reach each other and nothing else
 * @param enableIpv6 whether endpoints get IPv6 addresses
 * @param attachable kept for the API
 * @param options driver options as given
 * @param ipamOptions options of the address pools as given
 * @param labels labels as given
 * @param created when the network was made
 */
public record Network(
    String id,
    String name,
    NetworkDriver driver,
    List<AddressPool> pools,
    boolean internal,
    boolean enableIpv6,
    boolean attachable,
    Map<String, String> options,
    Map<String, String> ipamOptions,
    Map<String, String> labels,
    Instant created) {
  public Network {
    pools = List.copyOf(pools);
    options = Map.copyOf(options);
    ipamOptions = Map.copyOf(ipamOptions);
    labels = Map.copyOf(labels);
  }

  /** The same network with other addresses. */
  Network withPools(List<AddressPool> other) {
    return new Network(
        id,
        name,
        driver,
        other,
        internal,
        enableIpv6,
        attachable,
        options,
        ipamOptions,
        labels,
        created);
  }

  /**
   * Name of the bridge on the host: {@code jc-} and the first twelve digits of the id, unless the
   * options name it.
   */
  public String bridgeName() {
    return options.getOrDefault(BridgeOptions.NAME, "jc-" + id.substring(0, 12));
  }

  /** Whether this is one of {@code bridge}, {@code host} and {@code none}. */
  public boolean predefined() {
    return Networks.PREDEFINED.contains(name);
  }
}
