package dev.jcompose.core.project.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about how a service is reached and what it reaches.
 *
 * @param mode whose network namespace; null when it joins {@code networks}
 * @param networks networks to join by key, in the order of the file
 * @param ports published ports
 * @param expose container ports, such as {@code 3306} or {@code 80-90/udp}
 * @param links {@code service[:alias]}
 * @param externalLinks {@code container[:alias]}
 * @param dns name servers
 * @param dnsSearch search domains
 * @param dnsOptions resolver options
 * @param extraHosts addresses by host name
 * @param hostname null for the container's id
 * @param domainName null for none
 * @param macAddress for the first network; null for any
 */
public record Networking(
    @Nullable Sharing mode,
    Map<String, NetworkAttachment> networks,
    List<PortMapping> ports,
    List<String> expose,
    List<String> links,
    List<String> externalLinks,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    Map<String, List<String>> extraHosts,
    @Nullable String hostname,
    @Nullable String domainName,
    @Nullable String macAddress) {
  /** In no network. */
  public static final Networking NONE =
      new Networking(
          null, Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), Map.of(), null, null, null);

  /** Copies the collections, keeping their order. */
  public Networking {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    ports = List.copyOf(ports);
    expose = List.copyOf(expose);
    links = List.copyOf(links);
    externalLinks = List.copyOf(externalLinks);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
    extraHosts = Collections.unmodifiableMap(new LinkedHashMap<>(extraHosts));
  }

  /** The same with other networks and ports. */
  public Networking with(Map<String, NetworkAttachment> joined, List<PortMapping> published) {
    return new Networking(
        mode,
        joined,
        published,
        expose,
        links,
        externalLinks,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        hostname,
        domainName,
        macAddress);
  }
}
