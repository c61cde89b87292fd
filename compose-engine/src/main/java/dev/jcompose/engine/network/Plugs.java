package dev.jcompose.engine.network;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.netlink.Link;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.RouteConnection;
import dev.jcompose.engine.linux.netlink.VethSpec;
import dev.jcompose.engine.network.address.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Veth pairs between bridges and containers. */
final class Plugs {
  private static final long USABLE_NANOS = 3_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 100_000;

  private final String owner;
  private final Kernel kernel;
  private final NetlinkSockets sockets;
  private final NamespaceThread namespaces;
  private final RouteConnection host;
  private final LinkRemover remover;

  /**
   * @param owner alias of all links of this root
   * @param host connection to this machine's own network namespace
   */
  Plugs(
      String owner,
      Kernel kernel,
      NetlinkSockets sockets,
      NamespaceThread namespaces,
      RouteConnection host,
      LinkRemover remover) {
    this.owner = owner;
    this.kernel = kernel;
    this.sockets = sockets;
    this.namespaces = namespaces;
    this.host = host;
    this.remover = remover;
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
              for (Plug plug : namedFirst(plugs)) {
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
    String name = name(lease, inside);
    int bridge = host.link(plug.network.bridgeName()).orElseThrow().index();
    host.createVeth(
        new VethSpec(
            lease.hostInterface(),
            bridge,
            options.mtu(),
            name,
            Objects.requireNonNull(lease.macAddress()).bytes(),
            namespace),
        owner);
    CrashPoint.CONNECT_VETH_MADE.reached();
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

  /** So that no interface that takes any name takes one that another one asks for. */
  private static List<Plug> namedFirst(List<Plug> plugs) {
    List<Plug> ordered = new ArrayList<>(plugs);
    ordered.sort(Comparator.comparing(plug -> plug.lease.interfaceName().isEmpty()));
    return ordered;
  }

  private static String name(EndpointLease lease, RouteConnection inside) {
    Set<String> taken = inside.links().stream().map(Link::name).collect(Collectors.toSet());
    String wanted = lease.interfaceName();
    if (!wanted.isEmpty()) {
      if (taken.contains(wanted)) {
        throw new EngineException.Conflict(
            "network "
                + lease.networkName()
                + ": container "
                + lease.containerName()
                + " has an interface \""
                + wanted
                + "\" already; choose another interface name");
      }
      return wanted;
    }
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
      Links.await(removal);
    }
  }
}
