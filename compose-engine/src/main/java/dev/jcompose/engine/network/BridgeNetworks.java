package dev.jcompose.engine.network;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.SubnetChooser;
import dev.jcompose.engine.network.dns.HostResolvers;
import dev.jcompose.engine.network.firewall.BridgeRule;
import dev.jcompose.engine.network.firewall.Firewall;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes and removes networks: on disk, in the kernel and in the registry. */
final class BridgeNetworks {
  private static final System.Logger LOG = System.getLogger(BridgeNetworks.class.getName());
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private final NetworkRegistry registry;
  private final NetworkStore store;
  private final Links links;
  private final Firewall firewall;
  private final HostResolvers resolvers;
  private final PoolCheck pools = new PoolCheck(SubnetChooser.DEFAULT);
  // Guards the choice of names and subnets: two networks must not choose the same.
  private final Object creation = new Object();

  BridgeNetworks(
      NetworkRegistry registry,
      NetworkStore store,
      Links links,
      Firewall firewall,
      HostResolvers resolvers) {
    this.registry = registry;
    this.store = store;
    this.links = links;
    this.firewall = firewall;
    this.resolvers = resolvers;
  }

  Network create(NetworkSpec spec) {
    if (!NAME.matcher(spec.name()).matches()) {
      throw new EngineException.InvalidRequest(
          "\"" + spec.name() + "\" is not a network name; use letters, digits and _ . - only");
    }
    if (NetworkDriver.of(spec.driver()) != NetworkDriver.BRIDGE) {
      throw new EngineException.Forbidden(
          "only one instance of \"" + spec.driver() + "\" network is allowed");
    }
    if (spec.enableIpv6()) {
      throw new EngineException.InvalidRequest(
          "network " + spec.name() + ": IPv6 is not supported yet; leave enable_ipv6 out");
    }
    if (spec.pools().size() > 1) {
      throw new EngineException.InvalidRequest(
          "network " + spec.name() + ": only one address pool is supported, IPv4");
    }
    BridgeOptions.of(spec.options());
    return createChecked(spec);
  }

  private Network createChecked(NetworkSpec spec) {
    synchronized (creation) {
      registry
          .named(spec.name())
          .ifPresent(
              other -> {
                throw new EngineException.Conflict(
                    "network with name " + spec.name() + " already exists");
              });
      Network network =
          new Network(
              registry.newId(),
              spec.name(),
              NetworkDriver.BRIDGE,
              List.of(
                  choosePool(spec.pools().isEmpty() ? AddressPool.ANY : spec.pools().getFirst())),
              spec.internal(),
              false,
              spec.attachable(),
              spec.options(),
              spec.ipamOptions(),
              spec.labels(),
              Instant.now());
      try (UndoStack undo = new UndoStack()) {
        undo.push("remove bridge " + network.bridgeName(), () -> removeFromKernel(network));
        bringUp(network);
        store.save(network);
        CrashPoint.NETWORK_RECORD_WRITTEN.reached();
        registry.put(network).ensureBridge(() -> {});
        undo.keep();
      }
      return network;
    }
  }

  private AddressPool choosePool(AddressPool wanted) {
    List<Cidr> ours = new ArrayList<>();
    Set<String> ourBridges = new HashSet<>();
    for (NetworkState state : registry.all()) {
      Network network = state.network();
      ourBridges.add(network.bridgeName());
      network.pools().forEach(pool -> ours.add(Objects.requireNonNull(pool.subnet())));
    }
    Links.Neighbourhood machine = links.neighbourhood(ourBridges::contains);
    List<Cidr> avoid = new ArrayList<>(machine.reachable());
    // A subnet around the machine's name server would cut it off.
    HostResolvers.sockets(resolvers.current().servers()).stream()
        .map(InetSocketAddress::getAddress)
        .map(server -> new Cidr(server, server.getAddress().length * 8))
        .forEach(avoid::add);
    return pools.complete(wanted, ours, avoid, machine.attached());
  }

  private void bringUp(Network network) {
    links.ensureBridge(network);
    firewall.putBridge(rule(network));
    CrashPoint.NETWORK_BRIDGE_UP.reached();
  }

  static BridgeRule rule(Network network) {
    return new BridgeRule(
        network.bridgeName(),
        Objects.requireNonNull(network.pools().getFirst().subnet()),
        network.internal(),
        BridgeOptions.of(network.options()).masquerade());
  }

  private void removeFromKernel(Network network) {
    links.removeBridge(network);
    firewall.removeBridge(network.bridgeName());
  }

  void remove(NetworkState state) {
    Network network = state.network();
    if (network.predefined()) {
      throw new EngineException.Forbidden(
          network.name() + " is a pre-defined network and cannot be removed");
    }
    state.close();
    registry.remove(network);
    forget(network);
  }

  /**
   * Removes the bridge of the default network if nobody is on it any more: its users cannot remove
   * it, and shall leave nothing behind.
   */
  void retire(NetworkState state) {
    if (state.network().driver() == NetworkDriver.BRIDGE && state.network().predefined()) {
      try {
        state.retire(this::forget);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the default bridge stays: " + e.getMessage());
      }
    }
  }

  private void forget(Network network) {
    removeFromKernel(network);
    CrashPoint.NETWORK_BRIDGE_GONE.reached();
    store.delete(network.id());
  }

  /** Makes the bridge of a network, unless it is there. */
  void ensureBridge(NetworkState state) {
    if (state.network().driver() == NetworkDriver.BRIDGE) {
      state.ensureBridge(() -> prepare(state));
    }
  }

  /** The bridge of a network written down earlier, or the default bridge at its first use. */
  private void prepare(NetworkState state) {
    if (state.network().pools().isEmpty()) {
      synchronized (creation) {
        Network chosen = state.network().withPools(List.of(choosePool(AddressPool.ANY)));
        store.save(chosen);
        state.use(chosen);
      }
    }
    bringUp(state.network());
  }
}
