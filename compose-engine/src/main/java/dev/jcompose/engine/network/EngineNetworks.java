package dev.jcompose.engine.network;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.netlink.ConntrackConnection;
import dev.jcompose.engine.linux.netlink.DeletedTables;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.nft.NftConnection;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import dev.jcompose.engine.network.dns.HostResolvers;
import dev.jcompose.engine.network.firewall.Firewall;
import dev.jcompose.engine.state.StateDirectory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Networks made of the kernel's bridges, veth pairs and firewall. */
public final class EngineNetworks implements Networks {
  private final NetworkRegistry registry;
  private final Links links;
  private final Plugs plugs;
  private final Firewall firewall;
  private final DeletedTables deletedTables;
  private final Attachments attachments = new Attachments();
  private final BridgeNetworks bridges;
  private final Services services;

  private EngineNetworks(
      NetworkRegistry registry,
      NetworkStore store,
      Links links,
      Firewall firewall,
      DeletedTables deletedTables) {
    HostResolvers resolvers = new HostResolvers(Path.of("/etc/resolv.conf"));
    this.registry = registry;
    this.links = links;
    this.plugs = links.plugs();
    this.firewall = firewall;
    this.deletedTables = deletedTables;
    this.bridges = new BridgeNetworks(registry, store, links, firewall, resolvers);
    this.services =
        new Services(
            registry,
            attachments,
            firewall,
            resolvers,
            new UserSpace(links.namespaces(), links.sockets()));
  }

  /**
   * The networks of a root. Nothing is changed in the kernel until {@link #adopt} or a first use.
   * The root is written into the alias of every link made here.
   */
  public static EngineNetworks open(
      StateDirectory state, Kernel kernel, KernelEvents events, NetlinkSockets sockets) {
    String table = state.identity().firewallTable();
    NetworkRegistry registry = new NetworkRegistry(table);
    NetworkStore store = new NetworkFiles(state.networks());
    store.load().forEach(registry::put);
    Firewall firewall =
        new Firewall(table, NftConnection.open(sockets), ConntrackConnection.open(sockets));
    return new EngineNetworks(
        registry,
        store,
        new Links(Links.ownerOf(state.root()), kernel, sockets),
        firewall,
        // Mending waits for the kernel, and the thread of the events must not.
        DeletedTables.watch(
            sockets,
            events,
            table,
            () -> Thread.ofVirtual().name("mend-firewall").start(firewall::mend)));
  }

  @Override
  public Network create(NetworkSpec spec) {
    return KernelRefusal.told("network " + spec.name(), () -> bridges.create(spec));
  }

  @Override
  public void remove(String idOrName) {
    KernelRefusal.toldOf("network " + idOrName, () -> bridges.remove(registry.find(idOrName)));
  }

  @Override
  public List<Network> list() {
    return registry.all().stream().map(NetworkState::network).toList();
  }

  @Override
  public Network get(String idOrName) {
    return registry.find(idOrName).network();
  }

  @Override
  public List<EndpointLease> endpoints(String idOrName) {
    return registry.find(idOrName).leases();
  }

  @Override
  public EndpointLease reserve(String network, EndpointRequest request) {
    NetworkState state = registry.find(network);
    return KernelRefusal.told(
        "network " + network,
        () ->
            state.lease(
                request,
                () -> bridges.ensureBridge(state),
                (found, address) -> lease(found, request, address)));
  }

  private EndpointLease lease(
      Network network, EndpointRequest request, @Nullable InetAddress address) {
    Set<String> names = new LinkedHashSet<>();
    names.add(request.containerName());
    names.add(request.containerId().substring(0, Math.min(12, request.containerId().length())));
    names.addAll(request.aliases());
    AddressPool pool = network.pools().isEmpty() ? AddressPool.ANY : network.pools().getFirst();
    MacAddress mac = address == null ? null : MacAddress.of(address);
    return new EndpointLease(
        registry.newId(),
        network.id(),
        network.name(),
        network.driver(),
        request.containerId(),
        request.containerName(),
        List.copyOf(names),
        address == null
            ? null
            : new Cidr(address, Objects.requireNonNull(pool.subnet()).prefixLength()),
        network.internal() ? null : pool.gateway(),
        request.macAddress() == null ? mac : request.macAddress(),
        request.gatewayPriority(),
        EndpointOptions.of(request.options()).interfaceName());
  }

  @Override
  public void connect(Path networkNamespace, List<EndpointLease> leases) {
    if (leases.stream().anyMatch(lease -> lease.driver() == NetworkDriver.HOST)) {
      return;
    }
    List<Plugs.Plug> wanted = new ArrayList<>();
    List<EndpointLease> all = new ArrayList<>();
    for (EndpointLease lease : leases) {
      if (lease.driver() == NetworkDriver.BRIDGE) {
        wanted.add(new Plugs.Plug(lease, registry.find(lease.networkId()).network()));
        all.add(lease);
      }
    }
    if (!leases.isEmpty()) {
      all.addAll(attachments.of(leases.getFirst().containerId()));
    }
    KernelRefusal.toldOf(
        "connect container",
        () -> plugs.connect(networkNamespace, wanted, Networks.gatewayOf(all)));
    wanted.forEach(plug -> attachments.add(networkNamespace, plug.lease()));
  }

  @Override
  public EndpointLease rename(EndpointLease lease, String containerName) {
    EndpointLease renamed = lease.renamed(containerName);
    registry.of(lease).ifPresent(state -> state.replace(renamed));
    attachments.replace(renamed);
    return renamed;
  }

  @Override
  public void disconnect(EndpointLease lease) {
    registry
        .of(lease)
        .ifPresent(
            state -> {
              if (lease.driver() == NetworkDriver.BRIDGE) {
                KernelRefusal.toldOf("disconnect " + lease.containerName(), () -> unplug(lease));
              }
              state.release(lease);
              Thread.ofVirtual().start(() -> bridges.retire(state));
            });
  }

  private void unplug(EndpointLease lease) {
    Attachments.Removed removed = attachments.remove(lease);
    if (removed == null) {
      return;
    }
    boolean running = removed.stillThere();
    plugs.unplug(lease, running);
    EndpointLease gateway = Networks.gatewayOf(attachments.of(lease.containerId()));
    if (gateway != null && running) {
      plugs.replaceGateway(removed.namespace(), gateway);
    }
  }

  @Override
  public List<PublishedPort> publish(
      String containerId, List<PortBinding> wanted, EndpointLease via) {
    return KernelRefusal.told(
        "publish ports of " + via.containerName(),
        () -> services.publish(containerId, wanted, via));
  }

  @Override
  public void unpublish(String containerId) {
    KernelRefusal.toldOf("take back ports", () -> services.unpublish(containerId));
  }

  @Override
  public void openDns(String containerId, Path networkNamespace, DnsOptions options) {
    services.openDns(containerId, networkNamespace, options);
  }

  @Override
  public void closeDns(String containerId) {
    services.closeDns(containerId);
  }

  @Override
  public List<String> adopt(List<ConnectedContainer> running) {
    Takeover takeover = new Takeover(registry, attachments, services, bridges, links, firewall);
    services.warmUp();
    return KernelRefusal.told("take over networks", () -> takeover.adopt(running));
  }

  @Override
  public void close() {
    services.close();
    registry.all().forEach(bridges::retire);
    links.close();
    deletedTables.close();
    firewall.close();
  }
}
