package dev.jcompose.engine.network.publish;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.network.PortBinding;
import dev.jcompose.engine.network.PortTakenException;
import dev.jcompose.engine.network.PublishedPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds host ports and serves what arrives at the sockets: connections from this machine's loopback
 * addresses and by IPv6. Everything else the firewall forwards before it gets here.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures to the handlers
public final class PortPublisher {
  private static final InetAddress ANY4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY6 = InetAddress.ofLiteral("::");

  private final EventLoopGroup group;
  private final PortHolder holders = new PortHolder(Path.of("/proc"));
  private final Map<String, Published> byContainer = new ConcurrentHashMap<>();

  private record Published(String name, List<PublishedPort> ports, ChannelGroup channels) {}

  /**
   * @param group event loops that carry the traffic
   */
  public PortPublisher(EventLoopGroup group) {
    this.group = group;
  }

  /**
   * Binds and serves ports; all or nothing.
   *
   * @param containerName for messages to others that want the same port
   * @param container address that gets the traffic
   * @return the bound ports in the order asked for
   * @throws PortTakenException when a port is held by somebody else
   */
  public List<PublishedPort> publish(
      String containerId, String containerName, List<PortBinding> wanted, InetAddress container) {
    ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    List<PublishedPort> ports = new ArrayList<>();
    List<Channel> ready = new ArrayList<>();
    try (UndoStack undo = new UndoStack()) {
      for (PortBinding binding : wanted) {
        Bound bound = bind(binding);
        undo.push("close port", bound.socket()::close);
        ports.addAll(bound.ports());
        ready.add(
            channel(
                bound.socket(),
                new InetSocketAddress(container, binding.containerPort()),
                channels));
      }
      undo.keep();
    }
    channels.addAll(ready);
    ready.forEach(group::register);
    close(byContainer.put(containerId, new Published(containerName, List.copyOf(ports), channels)));
    return List.copyOf(ports);
  }

  /** Binds exactly the ports that a container had before the engine was started anew. */
  public List<PublishedPort> restore(
      String containerId, String containerName, List<PublishedPort> ports, InetAddress container) {
    List<PortBinding> wanted =
        ports.stream()
            .filter(port -> !isSecondHalf(port, ports))
            .map(
                port ->
                    new PortBinding(
                        port.containerPort(),
                        port.protocol(),
                        isFirstHalf(port, ports) ? "" : port.hostAddress().getHostAddress(),
                        port.hostPort(),
                        port.hostPort()))
            .toList();
    return publish(containerId, containerName, wanted, container);
  }

  // 0.0.0.0 and :: with the same port were one binding to every address.
  private static boolean isFirstHalf(PublishedPort port, List<PublishedPort> all) {
    return port.hostAddress().equals(ANY4) && all.contains(with(port, ANY6));
  }

  private static boolean isSecondHalf(PublishedPort port, List<PublishedPort> all) {
    return port.hostAddress().equals(ANY6) && all.contains(with(port, ANY4));
  }

  private static PublishedPort with(PublishedPort port, InetAddress address) {
    return new PublishedPort(port.containerPort(), port.protocol(), address, port.hostPort());
  }

  /** Whether a container has published a certain port of its own. */
  public boolean publishes(String containerId, int containerPort) {
    Published published = byContainer.get(containerId);
    return published != null
        && published.ports.stream().anyMatch(port -> port.containerPort() == containerPort);
  }

  /** Closes the ports of a container and all connections through them. */
  public void unpublish(String containerId) {
    close(byContainer.remove(containerId));
  }

  /** Closes all ports. */
  public void closeAll() {
    List.copyOf(byContainer.keySet()).forEach(this::unpublish);
  }

  private static void close(@Nullable Published published) {
    if (published != null) {
      // The caller may hand the port to somebody else next, so it must be free when this returns.
      published.channels.close().awaitUninterruptibly();
    }
  }

  private record Bound(HostSocket socket, List<PublishedPort> ports) {}

  private Bound bind(PortBinding binding) {
    List<InetAddress> addresses = addresses(binding.hostAddress());
    for (int port = binding.firstHostPort(); port <= binding.lastHostPort(); port++) {
      try {
        HostSocket socket = bind(binding, addresses.getLast(), port);
        int bound = socket.port();
        return new Bound(
            socket,
            addresses.stream()
                .map(
                    address ->
                        new PublishedPort(
                            binding.containerPort(), binding.protocol(), address, bound))
                .toList());
      } catch (BindException e) {
        if (!taken(e)) {
          throw new EngineException.InvalidRequest(
              "port "
                  + describe(binding, port)
                  + " cannot be published: "
                  + binding.hostAddress()
                  + " is not an address of this machine",
              e);
        }
      } catch (IOException e) {
        throw new EngineException.Failed(
            "port " + describe(binding, port) + " cannot be published: " + e.getMessage(), e);
      }
    }
    throw new PortTakenException(takenSentence(binding));
  }

  private static HostSocket bind(PortBinding binding, InetAddress address, int port)
      throws IOException {
    try {
      return HostSocket.bind(binding.protocol(), address, port);
    } catch (UnsupportedOperationException e) {
      throw new IOException("this machine has no IPv6", e);
    }
  }

  private static boolean taken(BindException e) {
    return e.getMessage() == null || !e.getMessage().contains("assign requested address");
  }

  private static List<InetAddress> addresses(String hostAddress) {
    if (!hostAddress.isEmpty()) {
      try {
        return List.of(InetAddress.ofLiteral(hostAddress));
      } catch (IllegalArgumentException e) {
        throw new EngineException.InvalidRequest(
            "\"" + hostAddress + "\" is not an IP address to publish ports on", e);
      }
    }
    return HostFamilies.HAS_IPV6 ? List.of(ANY4, ANY6) : List.of(ANY4);
  }

  private String takenSentence(PortBinding binding) {
    int port = binding.firstHostPort();
    String holder =
        byContainer.values().stream()
            .filter(
                published ->
                    published.ports.stream()
                        .anyMatch(
                            other ->
                                other.hostPort() == port && other.protocol() == binding.protocol()))
            .map(published -> "container " + published.name)
            .findFirst()
            .or(() -> holders.find(binding.protocol(), port))
            .orElse("another process");
    if (binding.lastHostPort() > port) {
      return "no free port in "
          + describe(binding, port)
          + ": port is already allocated for each of them, the first by "
          + holder
          + "; choose another range";
    }
    return "Bind for "
        + describe(binding, port)
        + " failed: port is already allocated by "
        + holder
        + "; stop it or publish another port";
  }

  private static String describe(PortBinding binding, int port) {
    String address = binding.hostAddress().isEmpty() ? "0.0.0.0" : binding.hostAddress();
    String text = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    String range =
        binding.lastHostPort() > binding.firstHostPort() ? "-" + binding.lastHostPort() : "";
    return text + ":" + port + range + "/" + binding.protocol().name().toLowerCase(Locale.ROOT);
  }

  private Channel channel(HostSocket socket, InetSocketAddress target, ChannelGroup open) {
    return switch (socket) {
      case HostSocket.Tcp tcp -> {
        NioServerSocketChannel channel = new NioServerSocketChannel(tcp.channel());
        channel.pipeline().addLast(new TcpForwarder(group, target, open));
        yield channel;
      }
      case HostSocket.Udp udp -> {
        NioDatagramChannel channel = new NioDatagramChannel(udp.channel());
        channel
            .config()
            .setOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(UdpForwarder.MAX_DATAGRAM));
        channel.pipeline().addLast(new UdpForwarder(target));
        yield channel;
      }
    };
  }
}
