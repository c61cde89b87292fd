package dev.jcompose.engine.network;

import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.network.dns.DnsServers;
import dev.jcompose.engine.network.publish.PortPublisher;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the engine serves itself, on event loops that start with the first use. */
final class UserSpace implements AutoCloseable {
  private static final int THREADS = 2;

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final NamespaceThread namespaces;
  private final NetlinkSockets netlink;
  private @Nullable Services services;

  private record Services(EventLoopGroup group, DnsServers names, PortPublisher ports) {}

  UserSpace(NamespaceThread namespaces, NetlinkSockets netlink) {
    this.namespaces = namespaces;
    this.netlink = netlink;
  }

  /**
   * Serves two ports that nobody knows, for a moment. What that needs takes a tenth of a second to
   * load, and the first container shall not wait for it.
   */
  void warmUp() {
    String nobody = "";
    List<PortBinding> some =
        List.of(
            new PortBinding(1, PortBinding.Protocol.TCP, "127.0.0.1", 0, 0),
            new PortBinding(1, PortBinding.Protocol.UDP, "127.0.0.1", 0, 0));
    ports().publish(nobody, nobody, some, LOOPBACK);
    unpublish(nobody);
  }

  private synchronized Services services() {
    Services made = services;
    if (made == null) {
      EventLoopGroup group =
          new MultiThreadIoEventLoopGroup(
              THREADS, new DefaultThreadFactory("network", true), NioIoHandler.newFactory());
      made =
          new Services(group, new DnsServers(group, namespaces, netlink), new PortPublisher(group));
      services = made;
    }
    return made;
  }

  DnsServers names() {
    return services().names;
  }

  PortPublisher ports() {
    return services().ports;
  }

  synchronized void closeDns(String containerId) {
    if (services != null) {
      services.names.close(containerId);
    }
  }

  void unpublish(String containerId) {
    Services made;
    synchronized (this) {
      made = services;
    }
    if (made != null) {
      made.ports.unpublish(containerId);
    }
  }

  @Override
  public synchronized void close() {
    if (services != null) {
      services.ports.closeAll();
      services.names.closeAll();
      services.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      services = null;
    }
  }
}
