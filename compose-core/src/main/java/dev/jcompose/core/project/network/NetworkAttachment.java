package dev.jcompose.core.project.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service joins one network.
 *
 * @param aliases further names in that network
 * @param ipv4Address fixed address; null for any
 * @param ipv6Address fixed address; null for any
 * @param linkLocalIps link-local addresses
 * @param macAddress null for any
 * @param interfaceName name in the container; null for any
 * @param driverOptions options for the driver
 * @param priority the network with the highest is joined first
 * @param gatewayPriority the network with the highest is the default gateway
 */
public record NetworkAttachment(
    List<String> aliases,
    @Nullable String ipv4Address,
    @Nullable String ipv6Address,
    List<String> linkLocalIps,
    @Nullable String macAddress,
    @Nullable String interfaceName,
    Map<String, String> driverOptions,
    int priority,
    int gatewayPriority) {
  /** Joined with no wishes. */
  public static final NetworkAttachment PLAIN =
      new NetworkAttachment(List.of(), null, null, List.of(), null, null, Map.of(), 0, 0);

  /** Copies the collections. */
  public NetworkAttachment {
    aliases = List.copyOf(aliases);
    linkLocalIps = List.copyOf(linkLocalIps);
    driverOptions = Collections.unmodifiableMap(new LinkedHashMap<>(driverOptions));
  }
}
