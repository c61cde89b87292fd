package dev.jcompose.engine.network.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Which address families this machine can bind. */
final class HostFamilies {
  /** Whether the IPv6 wildcard can be bound; a kernel may be built or started without IPv6. */
  static final boolean HAS_IPV6 = probe();

  private HostFamilies() {}

  private static boolean probe() {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral("::"), 0));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
