package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.dns.DnsServers;
import dev.jcompose.engine.network.dns.HostResolvers;
import dev.jcompose.engine.network.firewall.Firewall;
import dev.jcompose.engine.network.firewall.PortRule;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Names and published ports of containers that are plugged in. */
final class Services implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Services.class.getName());
  private static final int DNS_PORT = 53;

  private final NetworkRegistry registry;
  private final Attachments attachments;
  private final Firewall firewall;
  private final HostResolvers resolvers;
  private final UserSpace services;

  Services(
      NetworkRegistry registry,
      Attachments attachments,
      Firewall firewall,
      HostResolvers resolvers,
      UserSpace services) {
    this.registry = registry;
    this.attachments = attachments;
    this.firewall = firewall;
    this.resolvers = resolvers;
    this.services = services;
  }

  List<PublishedPort> publish(String containerId, List<PortBinding> wanted, EndpointLease via) {
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
      firewall.putPorts(containerId, rules(ports, container.address()));
      undo.keep();
    }
    return ports;
  }

  /** Binds and serves again what a container had published; the firewall is left as it is. */
  void restore(String containerId, List<PublishedPort> ports, EndpointLease via) {
    InetAddress container = Objects.requireNonNull(via.address()).address();
    services.ports().restore(containerId, via.containerName(), ports, container);
  }

  static List<PortRule> rules(List<PublishedPort> ports, InetAddress container) {
    return ports.stream().map(port -> new PortRule(port, container)).toList();
  }

  void unpublish(String containerId) {
    services.unpublish(containerId);
    firewall.putPorts(containerId, List.of());
  }

  void openDns(String containerId, Path networkNamespace, DnsOptions options) {
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
                  new ContainerNames(attachments, containerId, options.links()),
                  keepsShortNames,
                  () -> own.isEmpty() ? HostResolvers.sockets(resolvers.current().servers()) : own,
                  services.ports().publishes(containerId, DNS_PORT)));
    } catch (IOException | KernelException | NetlinkException e) {
      throw new EngineException.Failed(
          "name server of container " + containerId + " cannot be opened: " + e.getMessage(), e);
    }
  }

  void closeDns(String containerId) {
    services.closeDns(containerId);
  }

  /** Loads in the background what the first container will need. */
  void warmUp() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                services.warmUp();
              } catch (EngineException e) {
                LOG.log(Level.DEBUG, "warming up: " + e.getMessage());
              }
            });
  }

  @Override
  public void close() {
    services.close();
  }
}
