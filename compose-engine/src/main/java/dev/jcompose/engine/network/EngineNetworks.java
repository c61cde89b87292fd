package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.nft.NftConnection;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import dev.jcompose.engine.network.address.SubnetChooser;
import dev.jcompose.engine.network.dns.DnsServers;
import dev.jcompose.engine.network.dns.HostResolvers;
import dev.jcompose.engine.network.firewall.BridgeRule;
import dev.jcompose.engine.network.firewall.Firewall;
import dev.jcompose.engine.network.firewall.PortRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Networks made of the kernel's bridges, veth pairs and firewall. */
public final class EngineNetworks implements Networks {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private final NetworkRegistry registry;
  private final NetworkStore store;
  private final Links links;
  private final Firewall firewall;
  private final PoolCheck pools = new PoolCheck(SubnetChooser.DEFAULT);
  private final Attachments attachments = new Attachments();
  private final HostResolvers resolvers = new HostResolvers(Path.of("/etc/resolv.conf"));
  private final UserSpace services;
  // Guards the choice of names and subnets: two networks must not choose the same.
  private final Object creation = new Object();

  private EngineNetworks(
      NetworkRegistry registry, NetworkStore store, Links links, Firewall firewall) {
    this.registry = registry;
    this.store = store;
    this.links = links;
    this.firewall = firewall;
    this.services = new UserSpace(links.namespaces());
  }

  /**
   * The networks of a root. Nothing is changed in the kernel until {@link #adopt} or a first use.
   *
   * @param identity name of the firewall table and alias of the links; different for each root
   */
  public static EngineNetworks open(
      String identity, NetworkStore store, Kernel kernel, NetlinkSockets sockets) {
    NetworkRegistry registry = new NetworkRegistry(identity);
    store.load().forEach(registry::put);
    return new EngineNetworks(
        registry,
        store,
        new Links(identity, kernel, sockets),
        new Firewall(identity, NftConnection.open(sockets)));
  }

  @Override
  public Network create(NetworkSpec spec) {
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
    return guarded("network " + spec.name(), () -> createChecked(spec));
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
        registry.put(network).ensureBridge(() -> {});
        undo.keep();
      }
      return network;
    }
  }

  private AddressPool choosePool(AddressPool wanted) {
    List<Network> networks = list();
    List<Cidr> ours = new ArrayList<>();
    Set<String> ourBridges = new HashSet<>();
    for (Network network : networks) {
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
  }

  private static BridgeRule rule(Network network) {
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

  @Override
  public void remove(String idOrName) {
    NetworkState state = registry.find(idOrName);
    Network network = state.network();
    if (network.predefined()) {
      throw new EngineException.Forbidden(
          network.name() + " is a pre-defined network and cannot be removed");
    }
    state.close();
    registry.remove(network);
    guarded(
        "network " + network.name(),
        () -> {
          removeFromKernel(network);
          store.delete(network.id());
          return network;
        });
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
    return guarded(
        "network " + network,
        () -> {
          if (state.network().driver() == NetworkDriver.BRIDGE) {
            state.ensureBridge(() -> prepare(state));
          }
          return state.lease(request, (found, address) -> lease(found, request, address));
        });
  }

  /** The bridge of a network written down earlier, or the default bridge at its first use. */
  private void prepare(NetworkState state) {
    if (state.network().pools().isEmpty()) {
      synchronized (creation) {
        Network chosen = state.network().withPool(choosePool(AddressPool.ANY));
        store.save(chosen);
        state.use(chosen);
      }
    }
    bringUp(state.network());
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
        request.gatewayPriority());
  }

  @Override
  public void connect(Path networkNamespace, List<EndpointLease> leases) {
    if (leases.stream().anyMatch(lease -> lease.driver() == NetworkDriver.HOST)) {
      return;
    }
    List<Links.Plug> plugs = new ArrayList<>();
    List<EndpointLease> all = new ArrayList<>();
    for (EndpointLease lease : leases) {
      if (lease.driver() == NetworkDriver.BRIDGE) {
        plugs.add(new Links.Plug(lease, registry.find(lease.networkId()).network()));
        all.add(lease);
      }
    }
    if (!leases.isEmpty()) {
      all.addAll(attachments.of(leases.getFirst().containerId()));
    }
    guarded(
        "connect container",
        () -> {
          links.connect(networkNamespace, plugs, Networks.gatewayOf(all));
          return true;
        });
    plugs.forEach(plug -> attachments.add(networkNamespace, plug.lease()));
  }

  @Override
  public void disconnect(EndpointLease lease) {
    registry
        .of(lease)
        .ifPresent(
            state -> {
              if (lease.driver() == NetworkDriver.BRIDGE) {
                guarded("disconnect " + lease.containerName(), () -> unplug(lease));
              }
              state.release(lease);
            });
  }

  private boolean unplug(EndpointLease lease) {
    Attachments.Removed removed = attachments.remove(lease);
    if (removed == null) {
      return false;
    }
    boolean running = removed.stillThere();
    links.unplug(lease, running);
    EndpointLease gateway = Networks.gatewayOf(attachments.of(lease.containerId()));
    if (gateway != null && running) {
      links.replaceGateway(removed.namespace(), gateway);
    }
    return true;
  }

  @Override
  public List<PublishedPort> publish(
      String containerId, List<PortBinding> wanted, EndpointLease via) {
    Cidr container = via.address();
    if (wanted.isEmpty() || container == null || via.gateway() == null) {
      return List.of();
    }
    String defaultAddress =
        BridgeOptions.of(registry.find(via.networkId()).network().options()).hostAddress();
    List<PublishedPort> ports =
        services
            .ports()
            .publish(
                containerId,
                via.containerName(),
                wanted.stream().map(binding -> binding.orAt(defaultAddress)).toList(),
                container.address());
    try (UndoStack undo = new UndoStack()) {
      undo.push("close ports", () -> services.ports().unpublish(containerId));
      guarded(
          "publish ports of " + via.containerName(),
          () -> {
            firewall.putPorts(containerId, rules(ports, container.address()));
            return true;
          });
      undo.keep();
    }
    return ports;
  }

  private static List<PortRule> rules(List<PublishedPort> ports, InetAddress container) {
    return ports.stream().map(port -> new PortRule(port, container)).toList();
  }

  @Override
  public void unpublish(String containerId) {
    services.unpublish(containerId);
    guarded(
        "take back ports",
        () -> {
          firewall.putPorts(containerId, List.of());
          return true;
        });
  }

  @Override
  public void openDns(String containerId, Path networkNamespace, DnsOptions options) {
    if (attachments.of(containerId).isEmpty()) {
      return;
    }
    boolean keepsShortNames =
        options.options().stream()
            .anyMatch(option -> option.startsWith("ndots:") && !option.equals("ndots:0"));
    List<InetSocketAddress> own = HostResolvers.sockets(options.servers());
    try {
      services
          .names()
          .open(
              containerId,
              networkNamespace,
              new DnsServers.Zone(
                  new ContainerNames(attachments, containerId),
                  keepsShortNames,
                  () ->
                      own.isEmpty() ? HostResolvers.sockets(resolvers.current().servers()) : own));
    } catch (IOException | KernelException e) {
      throw new EngineException.Failed(
          "name server of container " + containerId + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public void closeDns(String containerId) {
    services.closeDns(containerId);
  }

  @Override
  public List<String> adopt(List<ConnectedContainer> running) {
    List<String> problems = new ArrayList<>();
    Set<String> wantedLinks = new HashSet<>();
    for (ConnectedContainer container : running) {
      for (EndpointLease lease : container.leases()) {
        adopt(lease, container.networkNamespace(), problems);
        wantedLinks.add(lease.hostInterface());
      }
    }
    Map<String, List<PortRule>> ports = new LinkedHashMap<>();
    for (ConnectedContainer container : running) {
      adoptServices(container, ports, problems);
    }
    guarded(
        "take over networks",
        () -> {
          adoptKernel(wantedLinks, ports);
          return true;
        });
    return problems;
  }

  private void adopt(EndpointLease lease, Path namespace, List<String> problems) {
    registry
        .of(lease)
        .ifPresentOrElse(
            state -> state.adopt(lease),
            () ->
                problems.add(
                    "container "
                        + lease.containerName()
                        + " is on network "
                        + lease.networkName()
                        + ", which is gone"));
    if (lease.driver() == NetworkDriver.BRIDGE) {
      attachments.add(namespace, lease);
    }
  }

  private void adoptServices(
      ConnectedContainer container, Map<String, List<PortRule>> ports, List<String> problems) {
    String id = container.containerId();
    EndpointLease via = Networks.gatewayOf(container.leases());
    if (via != null && via.address() != null && !container.ports().isEmpty()) {
      InetAddress address = via.address().address();
      ports.put(id, rules(container.ports(), address));
      try {
        services.ports().restore(id, via.containerName(), container.ports(), address);
      } catch (EngineException e) {
        problems.add("container " + via.containerName() + ": " + e.getMessage());
      }
    }
    try {
      openDns(id, container.networkNamespace(), container.dns());
    } catch (EngineException e) {
      problems.add(e.getMessage());
    }
  }

  private void adoptKernel(Set<String> wantedLinks, Map<String, List<PortRule>> ports) {
    List<BridgeRule> bridges = new ArrayList<>();
    for (Network network : list()) {
      if (!network.pools().isEmpty()) {
        wantedLinks.add(network.bridgeName());
        if (links.exists(network.bridgeName())) {
          bridges.add(rule(network));
        }
      }
    }
    links.removeLeftovers(wantedLinks);
    firewall.note(bridges, ports);
    firewall.replace();
  }

  /** Turns what the kernel says no to into a sentence of the engine. */
  private static <T> T guarded(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (NetlinkException | KernelException e) {
      throw new EngineException.Failed(what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    services.close();
    links.close();
    firewall.close();
  }
}
