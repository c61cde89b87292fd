package dev.jcompose.engine.network;

import dev.jcompose.engine.network.address.Cidr;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a network ({@code IPAM.Config[]} of the API).
 *
 * @param subnet the network; null in a request means: choose one
 * @param ipRange part of the subnet from which addresses are handed out; null: all of it
 * @param gateway address of the bridge; null in a request means: the first usable one
 * @param auxiliary addresses that are never handed out, by name
 */
public record AddressPool(
    @Nullable Cidr subnet,
    @Nullable Cidr ipRange,
    @Nullable InetAddress gateway,
    Map<String, InetAddress> auxiliary) {
  /** Nothing asked for: subnet and gateway are chosen by the engine. */
  public static final AddressPool ANY = new AddressPool(null, null, null, Map.of());

  public AddressPool {
    auxiliary = Map.copyOf(auxiliary);
  }
}
