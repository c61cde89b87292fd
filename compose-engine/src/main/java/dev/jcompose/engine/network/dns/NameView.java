package dev.jcompose.engine.network.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The names one container can see at this moment. */
public interface NameView {
  /**
   * Addresses of the containers with a name on one of the container's networks.
   *
   * @param name lower case, without a final dot; {@code name} or {@code name.network}
   * @return empty when there is no such name
   */
  Optional<List<InetAddress>> addresses(String name);

  /** The name, with its network, of the container that has an address on one of its networks. */
  Optional<String> nameOf(InetAddress address);

  /** Whether questions may leave this machine: not from internal networks (CVE-2024-29018). */
  boolean mayAskOutside();
}
