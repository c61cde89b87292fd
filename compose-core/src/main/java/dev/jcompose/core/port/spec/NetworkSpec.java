package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network to create.
 *
 * @param driver null for the engine's default, "bridge"
 * @param internal without a way out
 */
public record NetworkSpec(
    String name,
    @Nullable String driver,
    Map<String, String> driverOptions,
    @Nullable String ipamDriver,
    Map<String, String> ipamOptions,
    List<Pool> pools,
    boolean internal,
    boolean attachable,
    @Nullable Boolean ipv4,
    @Nullable Boolean ipv6,
    Map<String, String> labels) {
  public NetworkSpec {
    driverOptions = Ordered.copy(driverOptions);
    ipamOptions = Ordered.copy(ipamOptions);
    pools = List.copyOf(pools);
    labels = Ordered.copy(labels);
  }

  /** A pool of addresses, CIDR notation; null parts are the engine's choice. */
  public record Pool(
      @Nullable String subnet,
      @Nullable String ipRange,
      @Nullable String gateway,
      Map<String, String> reserved) {
    public Pool {
      reserved = Ordered.copy(reserved);
    }
  }
}
