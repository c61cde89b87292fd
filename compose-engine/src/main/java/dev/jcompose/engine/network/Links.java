package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.netlink.Link;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.RouteConnection;
import dev.jcompose.engine.linux.netlink.VethSpec;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bridges and veth pairs in the kernel. Every link made here carries the owner's name as its alias,
 * so that leftovers of this root can be told from everybody else's.
 */
final class Links implements AutoCloseable {
  private static final long USABLE_NANOS = 3_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 100_000;
  private static final Path IP_FORWARD = Path.of("/proc/sys/net/ipv4/ip_forward");

  private final String owner;
  private final Kernel kernel;
  private final NetlinkSockets sockets;
  private final NamespaceThread namespaces;
  private final RouteConnection host;
  private final LinkRemover remover;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param owner alias of all links of this root
   */
  Links(String owner, Kernel kernel, NetlinkSockets sockets) {
    this.owner = owner;
    this.kernel = kernel;
    this.sockets = sockets;
    this.namespaces = new NamespaceThread(kernel);
    this.host = RouteConnection.open(sockets);
    this.remover = new LinkRemover(RouteConnection.open(sockets), groupOf(owner));
  }

  // Any number that no other root uses; small ones are left to the administrator.
  private static int groupOf(String owner) {
    return 0x6a63_0000 | (owner.hashCode() & 0xffff);
  }

  NetlinkSockets sockets() {
    return sockets;
  }

  NamespaceThread namespaces() {
    return namespaces;
  }

  /** Makes the bridge of a network unless it is there, and lets this machine forward packets. */
  void ensureBridge(Network network) {
    String name = network.bridgeName();
    AddressPool pool = network.pools().getFirst();
    BridgeOptions options = BridgeOptions.of(network.options());
    Optional<Link> present = host.link(name);
    if (present.isPresent() && !present.get().alias().equals(owner)) {
      throw new EngineException.Conflict(
          "an interface named " + name + " exists already and is not ours; choose another name");
    }
    if (present.isEmpty()) {
      host.createBridge(name, options.mtu(), MacAddress.random(random).bytes());
    }
    try {
      int index = host.link(name).orElseThrow().index();
      host.prepare(index, owner, false);
      addAddress(index, pool);
      host.up(index);
      forwardPackets();
    } catch (RuntimeException e) {
      if (present.isEmpty()) {
        host.delete(name);
      }
      throw e;
    }
  }

  private void addAddress(int index, AddressPool pool) {
    Cidr subnet = Objects.requireNonNull(pool.subnet());
    try {
      host.addAddress(
          index, Objects.requireNonNull(pool.gateway()), subnet.prefixLength(), subnet.last());
    } catch (NetlinkException e) {
      if (e.errno() != NetlinkException.EEXIST) {
        throw e;
      }
    }
  }

  private static void forwardPackets() {
    try {
      if (!Files.readString(IP_FORWARD).startsWith("1")) {
        Files.writeString(IP_FORWARD, "1");
      }
    } catch (IOException e) {
      throw new EngineException.Failed(
          "packets are not forwarded on this machine and "
              + IP_FORWARD
              + " cannot be changed: "
              + e.getMessage(),
          e);
    }
  }

  /** Removes a bridge; whatever was unplugged before is gone afterwards, too. */
  void removeBridge(Network network) {
    await(remover.remove(network.bridgeName()));
  }

  private static void await(CompletableFuture<Void> removal) {
    try {
      removal.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof NetlinkException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Where this machine stands.
   *
   * @param attached networks it has addresses in
   * @param reachable these, and networks it has routes to
   */
  record Neighbourhood(List<Cidr> attached, List<Cidr> reachable) {}

  /** The neighbourhood of this machine without what lies behind its own bridges. */
  Neighbourhood neighbourhood(Predicate<String> ownBridge) {
    Set<Integer> own =
        host.links().stream()
            .filter(link -> ownBridge.test(link.name()))
            .map(Link::index)
            .collect(Collectors.toSet());
    List<Cidr> attached = new ArrayList<>();
    List<Cidr> reachable = new ArrayList<>();
    for (RouteConnection.Destination destination : host.destinations()) {
      Cidr cidr = new Cidr(destination.address(), destination.prefixLength());
      if (!own.contains(destination.link())) {
        reachable.add(cidr);
        if (destination.attached()) {
          attached.add(cidr);
        }
      }
    }
    return new Neighbourhood(attached, reachable);
  }

  boolean exists(String name) {
    return host.link(name).isPresent();
  }

  /** An endpoint to be plugged in, with the network it belongs to. */
  record Plug(EndpointLease lease, Network network) {}

  /** Brings loopback up, plugs endpoints in, and sets the default route; all or nothing. */
  void connect(Path namespace, List<Plug> plugs, @Nullable EndpointLease gateway) {
    int descriptor = kernel.open(namespace, Abi.O_RDONLY, 0);
    try {
      inside(
          namespace,
          inside -> {
            inside.up(inside.link("lo").orElseThrow().index());
            List<String> made = new ArrayList<>();
            try {
              for (Plug plug : plugs) {
                made.add(plug.lease.hostInterface());
                plug(plug, inside, descriptor, plug.lease.equals(gateway));
              }
            } catch (RuntimeException e) {
              made.reversed().forEach(host::delete);
              throw e;
            }
          });
    } finally {
      kernel.close(descriptor);
    }
  }

  private void plug(Plug plug, RouteConnection inside, int namespace, boolean isGateway) {
    EndpointLease lease = plug.lease;
    BridgeOptions options = BridgeOptions.of(plug.network.options());
    Cidr address = Objects.requireNonNull(lease.address());
    String name = freeName(inside);
    int bridge = host.link(plug.network.bridgeName()).orElseThrow().index();
    host.createVeth(
        new VethSpec(
            lease.hostInterface(),
            bridge,
            options.mtu(),
            name,
            Objects.requireNonNull(lease.macAddress()).bytes(),
            namespace));
    int outer = host.link(lease.hostInterface()).orElseThrow().index();
    int inner = inside.link(name).orElseThrow().index();
    host.prepare(outer, owner, !options.betweenContainers());
    inside.prepare(inner, "", false);
    host.up(outer);
    inside.addAddress(inner, address.address(), address.prefixLength(), address.last());
    inside.up(inner);
    if (isGateway) {
      inside.replaceDefaultRoute(Objects.requireNonNull(lease.gateway()), inner);
    }
    // A bridge port forwards and a queue takes packets only some time after the link came up: a
    // first packet sent too early would be lost, and sent again a second later.
    await(
        () -> host.link(outer).forwarding() && inside.link(inner).operational(),
        "interface " + name + " of container " + lease.containerName());
  }

  private static String freeName(RouteConnection inside) {
    Set<String> taken = inside.links().stream().map(Link::name).collect(Collectors.toSet());
    int number = 0;
    while (taken.contains("eth" + number)) {
      number++;
    }
    return "eth" + number;
  }

  private static void await(BooleanSupplier usable, String what) {
    long end = System.nanoTime() + USABLE_NANOS;
    while (!usable.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new EngineException.Failed(what + " did not come up within 3 seconds");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Lets another of the endpoints that are plugged in give the default route. */
  void replaceGateway(Path namespace, EndpointLease lease) {
    InetAddress address = Objects.requireNonNull(lease.address()).address();
    inside(
        namespace,
        inside ->
            inside.destinations().stream()
                .filter(destination -> destination.address().equals(address))
                .findFirst()
                .ifPresent(
                    destination ->
                        inside.replaceDefaultRoute(
                            Objects.requireNonNull(lease.gateway()), destination.link())));
  }

  private interface Work {
    void run(RouteConnection inside);
  }

  private void inside(Path namespace, Work work) {
    try {
      namespaces.call(
          namespace,
          () -> {
            try (RouteConnection inside = RouteConnection.open(sockets)) {
              work.run(inside);
            }
            return true;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EngineException.Failed("work in " + namespace + " was interrupted", e);
    }
  }

  /**
   * Unplugs an endpoint.
   *
   * @param wait whether it must be unplugged when this returns: the container still runs
   */
  void unplug(EndpointLease lease, boolean wait) {
    CompletableFuture<Void> removal = remover.remove(lease.hostInterface());
    if (wait) {
      await(removal);
    }
  }

  /** Removes every link of this root but the named ones. */
  void removeLeftovers(Set<String> wanted) {
    List<Link> leftovers =
        host.links().stream()
            .filter(link -> link.alias().equals(owner) && !wanted.contains(link.name()))
            .toList();
    leftovers.stream().map(link -> remover.remove(link.name())).toList().forEach(Links::await);
  }

  @Override
  public void close() {
    remover.close();
    host.close();
  }
}
