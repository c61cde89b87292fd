package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.NetworkingSpec;
import dev.jcompose.core.port.spec.PortSpec;
import dev.jcompose.core.project.NetworkConfig;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.network.NetworkAttachment;
import dev.jcompose.core.project.network.Networking;
import dev.jcompose.core.project.network.PortMapping;
import dev.jcompose.core.project.network.PortRange;
import dev.jcompose.core.project.network.Sharing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a service's networks, ports and names into those of its containers. */
final class NetworkingTranslator {
  /** The name an engine gives an endpoint's interface (Docker 28.1 and later, and ours). */
  private static final String INTERFACE_NAME = "com.docker.network.endpoint.ifname";

  private final Project project;
  private final String separator;

  NetworkingTranslator(Project project, String separator) {
    this.project = project;
    this.separator = separator;
  }

  NetworkingSpec translate(Service service) {
    Networking networking = service.networking();
    List<EndpointSpec> endpoints = endpoints(service, networking);
    Sharing sharing = networking.mode();
    String mode =
        sharing != null
            ? sharing.toString()
            : endpoints.isEmpty() ? "bridge" : endpoints.getFirst().network();
    return new NetworkingSpec(
        mode,
        sharing != null ? List.of() : endpoints,
        networking.hostname(),
        networking.domainName(),
        networking.dns(),
        networking.dnsOptions(),
        networking.dnsSearch(),
        extraHosts(networking.extraHosts()),
        exposed(networking),
        ports(networking.ports()));
  }

  private List<EndpointSpec> endpoints(Service service, Networking networking) {
    // The primary network comes first: the highest priority, then the alphabet (compose facts
    // 3.18).
    List<Map.Entry<String, NetworkAttachment>> joined =
        new ArrayList<>(networking.networks().entrySet());
    joined.sort(
        Comparator.comparingInt(
                (Map.Entry<String, NetworkAttachment> entry) -> -entry.getValue().priority())
            .thenComparing(Map.Entry::getKey));
    List<String> links = links(networking);
    List<EndpointSpec> endpoints = new ArrayList<>(joined.size());
    for (Map.Entry<String, NetworkAttachment> entry : joined) {
      NetworkConfig network = project.networks().get(entry.getKey());
      String name = network == null ? entry.getKey() : network.name();
      endpoints.add(
          endpoint(service, name, entry.getValue(), links, endpoints.isEmpty(), networking));
    }
    return endpoints;
  }

  private static EndpointSpec endpoint(
      Service service,
      String network,
      NetworkAttachment attachment,
      List<String> links,
      boolean primary,
      Networking networking) {
    Set<String> aliases = new LinkedHashSet<>();
    aliases.add(service.name());
    aliases.addAll(attachment.aliases());
    Map<String, String> options = new LinkedHashMap<>(attachment.driverOptions());
    String interfaceName = attachment.interfaceName();
    if (interfaceName != null) {
      options.put(INTERFACE_NAME, interfaceName);
    }
    @Nullable String mac = attachment.macAddress();
    return new EndpointSpec(
        network,
        List.copyOf(aliases),
        links,
        attachment.ipv4Address(),
        attachment.ipv6Address(),
        attachment.linkLocalIps(),
        mac == null && primary ? networking.macAddress() : mac,
        options,
        attachment.gatewayPriority() == 0 ? null : attachment.gatewayPriority());
  }

  private List<String> links(Networking networking) {
    List<String> links = new ArrayList<>();
    for (String link : networking.links()) {
      int colon = link.indexOf(':');
      String service = colon < 0 ? link : link.substring(0, colon);
      String alias = colon < 0 ? link : link.substring(colon + 1);
      // By the name all its containers share: the alias stands for all of them, at any time.
      links.add(service + ":" + alias);
      Service linked = project.services().get(service);
      if (linked != null && linked.containerName() == null) {
        for (int number = 1; number <= linked.scale(); number++) {
          String replica = service + separator + number;
          links.add(project.name() + separator + replica + ":" + replica);
        }
      }
    }
    for (String link : networking.externalLinks()) {
      int colon = link.indexOf(':');
      links.add("container:" + link + (colon < 0 ? ":" + link : ""));
    }
    return links;
  }

  private static List<String> extraHosts(Map<String, List<String>> hosts) {
    List<String> entries = new ArrayList<>();
    hosts.forEach((host, addresses) -> addresses.forEach(a -> entries.add(host + ":" + a)));
    return entries;
  }

  private static Set<String> exposed(Networking networking) {
    Set<String> exposed = new LinkedHashSet<>();
    for (String text : networking.expose()) {
      int slash = text.indexOf('/');
      String protocol = slash < 0 ? "/tcp" : text.substring(slash);
      PortRange range = PortRange.parse(slash < 0 ? text : text.substring(0, slash));
      if (range == null) {
        exposed.add(text);
        continue;
      }
      for (int port = range.first(); port <= range.last(); port++) {
        exposed.add(port + protocol);
      }
    }
    for (PortMapping port : networking.ports()) {
      exposed.add(port.target() + "/" + port.protocol());
    }
    return exposed;
  }

  private static List<PortSpec> ports(List<PortMapping> mappings) {
    List<PortSpec> ports = new ArrayList<>(mappings.size());
    for (PortMapping mapping : mappings) {
      PortRange published = mapping.published();
      ports.add(
          new PortSpec(
              Objects.requireNonNullElse(mapping.hostIp(), ""),
              published == null || published.last() == 0 ? "" : published.toString(),
              mapping.target(),
              mapping.protocol()));
    }
    return ports;
  }
}
