package dev.jcompose.engine.network;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.netlink.ForwardChains;
import dev.jcompose.engine.linux.netlink.Link;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.RouteConnection;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Bridges in the kernel. Every link made here carries the owner's name as its alias, so that
 * leftovers of this root can be told from everybody else's.
 */
final class Links implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Links.class.getName());
  private static final Path IP_FORWARD = Path.of("/proc/sys/net/ipv4/ip_forward");

  private final String owner;
  private final Kernel kernel;
  private final NetlinkSockets sockets;
  private final NamespaceThread namespaces;
  private final RouteConnection host;
  private final LinkRemover remover;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
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

  /** The alias that tells links of a root from all others. */
  static String ownerOf(Path root) {
    String owner = "jcompose " + root;
    // IFALIASZ of linux/if.h is 256 with the final zero.
    return owner.length() > 255 ? owner.substring(0, 255) : owner;
  }

  // Any number that no other root uses; small ones are left to the administrator.
  private static int groupOf(String owner) {
    return 0x6a63_0000 | (owner.hashCode() & 0xffff);
  }

  /** The veth pairs that go with these bridges. */
  Plugs plugs() {
    return new Plugs(owner, kernel, sockets, namespaces, host, remover);
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
      host.createBridge(name, owner, options.mtu(), MacAddress.random(random).bytes());
      CrashPoint.NETWORK_BRIDGE_MADE.reached();
    }
    try {
      int index = host.link(name).orElseThrow().index();
      host.prepare(index, owner, false);
      addAddress(index, pool);
      host.up(index);
      forwardPackets();
      warnAboutOthers();
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

  private void warnAboutOthers() {
    for (String chain : ForwardChains.dropping(sockets)) {
      if (warned.add(chain)) {
        LOG.log(
            Level.WARNING,
            "the firewall chain {0} drops forwarded packets: containers do not reach the outside"
                + " until it accepts the interfaces jc-+ in both directions",
            chain);
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

  static void await(CompletableFuture<Void> removal) {
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
