package dev.jcompose.engine.container.start;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.BoundPort;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.network.DnsOptions;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.network.EndpointOptions;
import dev.jcompose.engine.network.EndpointRequest;
import dev.jcompose.engine.network.NetworkDriver;
import dev.jcompose.engine.network.PortBinding;
import dev.jcompose.engine.network.PublishedPort;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between the words of containers and the words of networks. */
public final class Endpoints {
  private Endpoints() {}

  /** What a container asks of a network; {@code first} carries the container's own MAC address. */
  public static EndpointRequest request(ContainerRecord container, Endpoint wanted, boolean first) {
    NetworkSettings.Attachment settings = wanted.settings();
    String mac = settings.macAddress();
    if ((mac == null || mac.isEmpty()) && first) {
      mac = container.spec().network().macAddress();
    }
    return new EndpointRequest(
        container.id(),
        container.name(),
        settings.aliases(),
        address(settings.ipv4()),
        mac == null || mac.isEmpty() ? null : MacAddress.parse(mac),
        settings.gatewayPriority(),
        settings.driverOptions());
  }

  private static @Nullable InetAddress address(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Cidr.parseAddress(text);
  }

  /** The endpoint with what the network promised. */
  public static Endpoint leased(Endpoint wanted, EndpointLease lease) {
    Cidr address = lease.address();
    InetAddress gateway = lease.gateway();
    MacAddress mac = lease.macAddress();
    return new Endpoint(
        lease.networkName(),
        lease.networkId(),
        wanted.settings(),
        lease.endpointId(),
        lease.names(),
        address == null ? "" : address.address().getHostAddress(),
        address == null ? 0 : address.prefixLength(),
        gateway == null ? "" : gateway.getHostAddress(),
        "",
        0,
        "",
        mac == null ? "" : mac.text());
  }

  /** The endpoint without what a running container has. */
  public static Endpoint released(Endpoint endpoint) {
    return new Endpoint(
        endpoint.network(),
        endpoint.networkId(),
        endpoint.settings(),
        "",
        endpoint.names(),
        "",
        0,
        "",
        "",
        0,
        "",
        "");
  }

  /** The lease behind an endpoint of a container that runs; the reverse of {@link #leased}. */
  public static EndpointLease lease(ContainerRecord container, Endpoint endpoint) {
    return new EndpointLease(
        endpoint.endpointId(),
        endpoint.networkId(),
        endpoint.network(),
        switch (endpoint.network()) {
          case "host" -> NetworkDriver.HOST;
          case "none" -> NetworkDriver.NONE;
          default -> NetworkDriver.BRIDGE;
        },
        container.id(),
        container.name(),
        endpoint.names(),
        endpoint.address().isEmpty()
            ? null
            : Cidr.parse(endpoint.address() + "/" + endpoint.prefixLength()),
        address(endpoint.gateway()),
        endpoint.macAddress().isEmpty() ? null : MacAddress.parse(endpoint.macAddress()),
        endpoint.settings().gatewayPriority(),
        EndpointOptions.of(endpoint.settings().driverOptions()).interfaceName());
  }

  /** The ports a container asks for, those of {@code publishAll} included. */
  public static List<PortBinding> bindings(ContainerRecord container) {
    NetworkSettings network = container.spec().network();
    List<PortBinding> all = new ArrayList<>();
    for (NetworkSettings.PortRequest port : network.ports()) {
      all.add(
          new PortBinding(
              port.containerPort(),
              protocol(port.protocol()),
              port.hostAddress(),
              port.firstHostPort(),
              port.lastHostPort()));
    }
    if (network.publishAll()) {
      for (String exposed : network.exposed()) {
        String[] parts = exposed.split("/", 2);
        int port = Integer.parseInt(parts[0]);
        PortBinding.Protocol protocol = protocol(parts.length == 2 ? parts[1] : "tcp");
        boolean named =
            all.stream().anyMatch(b -> b.containerPort() == port && b.protocol() == protocol);
        if (!named) {
          all.add(PortBinding.of(0, port, protocol));
        }
      }
    }
    return all;
  }

  private static PortBinding.Protocol protocol(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "tcp" -> PortBinding.Protocol.TCP;
      case "udp" -> PortBinding.Protocol.UDP;
      default ->
          throw new EngineException.InvalidRequest(
              "protocol \"" + text + "\" cannot be published; use tcp or udp");
    };
  }

  public static BoundPort bound(PublishedPort port) {
    return new BoundPort(
        port.containerPort(),
        port.protocol().name().toLowerCase(Locale.ROOT),
        Cidr.text(port.hostAddress()),
        port.hostPort());
  }

  public static PublishedPort published(BoundPort port) {
    return new PublishedPort(
        port.containerPort(),
        protocol(port.protocol()),
        Cidr.parseAddress(port.hostAddress()),
        port.hostPort());
  }

  /** {@code TARGET[:ALIAS]}, of the container as a whole and of its endpoints. */
  private static Map<String, List<String>> links(ContainerRecord container) {
    Map<String, List<String>> links = new LinkedHashMap<>();
    Stream.concat(
            container.spec().network().links().stream(),
            container.endpoints().stream().flatMap(e -> e.settings().links().stream()))
        .distinct()
        .forEach(
            link -> {
              String target = link.replaceFirst(":.*", "");
              String alias = link.substring(link.indexOf(':') + 1);
              links.computeIfAbsent(alias, name -> new ArrayList<>()).add(target);
            });
    return links;
  }

  public static DnsOptions dns(ContainerRecord container) {
    NetworkSettings network = container.spec().network();
    return new DnsOptions(
        network.dns(), network.dnsSearch(), network.dnsOptions(), links(container));
  }
}
