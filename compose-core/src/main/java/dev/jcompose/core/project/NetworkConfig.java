package dev.jcompose.core.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network of the top-level {@code networks} section.
 *
 * @param key the name services refer to it by
 * @param name the engine's name for it, such as {@code shop_default}
 * @param driver null for the engine's default
 * @param driverOptions options for the driver
 * @param ipam addresses
 * @param external whether it must exist already and is never made or removed
 * @param internal whether it has no way out
 * @param attachable whether containers of others may join
 * @param enableIpv4 null for the engine's default
 * @param enableIpv6 null for the engine's default
 * @param labels labels of the user
 * @param configHash changes when any of the above does
 */
public record NetworkConfig(
    String key,
    String name,
    @Nullable String driver,
    Map<String, String> driverOptions,
    Ipam ipam,
    boolean external,
    boolean internal,
    boolean attachable,
    @Nullable Boolean enableIpv4,
    @Nullable Boolean enableIpv6,
    Map<String, String> labels,
    ConfigHash configHash) {
  /** Copies the maps, keeping their order. */
  public NetworkConfig {
    driverOptions = Collections.unmodifiableMap(new LinkedHashMap<>(driverOptions));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * Address management of a network.
   *
   * @param driver null for the engine's default
   * @param pools address pools; empty when the engine chooses
   * @param options options for the driver
   */
  public record Ipam(@Nullable String driver, List<Pool> pools, Map<String, String> options) {
    /** The engine chooses everything. */
    public static final Ipam NONE = new Ipam(null, List.of(), Map.of());

    /** Copies the collections. */
    public Ipam {
      pools = List.copyOf(pools);
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }

  /**
   * One address pool.
   *
   * @param subnet CIDR, such as {@code 172.20.0.0/24}
   * @param ipRange CIDR inside the subnet from which containers get addresses
   * @param gateway address of the bridge
   * @param auxAddresses addresses that containers must not get, by host name
   */
  public record Pool(
      @Nullable String subnet,
      @Nullable String ipRange,
      @Nullable String gateway,
      Map<String, String> auxAddresses) {
    /** Copies the map. */
    public Pool {
      auxAddresses = Collections.unmodifiableMap(new LinkedHashMap<>(auxAddresses));
    }
  }
}
