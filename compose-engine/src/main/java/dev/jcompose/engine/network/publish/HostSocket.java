package dev.jcompose.engine.network.publish;

import dev.jcompose.engine.network.PortBinding.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;

/**
 * A bound socket: as long as it is open, nobody else can have the port. It is handed to Netty when
 * the port is served.
 */
sealed interface HostSocket extends Closeable {
  /** The port that it is bound to. */
  int port() throws IOException;

  /** A listening TCP socket. */
  record Tcp(ServerSocketChannel channel) implements HostSocket {
    @Override
    public int port() throws IOException {
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A UDP socket. */
  record Udp(DatagramChannel channel) implements HostSocket {
    @Override
    public int port() throws IOException {
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * Binds a port. The IPv6 wildcard gets packets of both versions.
   *
   * @param port 0: any free one
   * @throws java.net.BindException when the port is taken or the address is not one of this machine
   */
  static HostSocket bind(Protocol protocol, InetAddress address, int port) throws IOException {
    ProtocolFamily family =
        address instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    InetSocketAddress at = new InetSocketAddress(address, port);
    return switch (protocol) {
      case TCP -> {
        ServerSocketChannel channel = ServerSocketChannel.open(family);
        try {
          yield new Tcp(channel.bind(at, 1024));
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      }
      case UDP -> {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
          yield new Udp(channel.bind(at));
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      }
    };
  }
}
