package dev.jcompose.engine.registry.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Some hosts: one by name, with or without its port, or all addresses of a network.
 *
 * @param name as written, in lower case
 * @param network null when it is a name
 * @param bits of the network's prefix
 */
record HostRange(String name, @Nullable InetAddress network, int bits) {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*]?");

  static HostRange of(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    int slash = name.indexOf('/');
    InetAddress address = address(slash < 0 ? name : name.substring(0, slash));
    int whole = address == null ? 0 : address.getAddress().length * 8;
    if (address == null || slash < 0) {
      return new HostRange(name, address, whole);
    }
    try {
      int bits = Integer.parseInt(name.substring(slash + 1));
      return new HostRange(name, bits < 0 || bits > whole ? null : address, bits);
    } catch (NumberFormatException e) {
      return new HostRange(name, null, 0);
    }
  }

  /** Whether a host, without its port, is this machine itself. */
  static boolean isLoopback(String host) {
    InetAddress address = address(host);
    return host.equalsIgnoreCase("localhost")
        || host.toLowerCase(Locale.ROOT).endsWith(".localhost")
        || (address != null && address.isLoopbackAddress());
  }

  /** Whether the host, with or without its port, is meant. */
  boolean has(String host, String hostAndPort) {
    return name.equalsIgnoreCase(host) || name.equalsIgnoreCase(hostAndPort) || isIn(host);
  }

  /** Whether the host, or a domain it is in, is meant. */
  boolean hasOrAbove(String host) {
    String domain = name.startsWith("*.") ? name.substring(2) : name;
    domain = domain.startsWith(".") ? domain.substring(1) : domain;
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals(domain) || lower.endsWith("." + domain) || isIn(host);
  }

  private boolean isIn(String host) {
    InetAddress literal = address(host);
    if (literal == null || network == null) {
      return false;
    }
    byte[] address = literal.getAddress();
    byte[] range = network.getAddress();
    if (address.length != range.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (range[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** A literal address; null for a name, which is never looked up here. */
  private static @Nullable InetAddress address(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(host.replace("[", "").replace("]", ""));
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
