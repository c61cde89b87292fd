package dev.jcompose.engine.network.dns;

import java.net.InetAddress;
import java.util.List;

/** What a question is answered with. */
sealed interface DnsAnswer {
  /** Addresses of containers, in the order they are sent; empty: the name exists without such. */
  record Addresses(List<InetAddress> addresses) implements DnsAnswer {
    public Addresses {
      addresses = List.copyOf(addresses);
    }
  }

  /** The name of a container, for its address. */
  record Pointer(String name) implements DnsAnswer {}

  /** The name does not exist. */
  record NoSuchName() implements DnsAnswer {}

  /** Nobody can be asked. */
  record Failure() implements DnsAnswer {}

  /** Somebody outside has to be asked. */
  record Elsewhere() implements DnsAnswer {}
}
