package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a container reaches others and is reached.
 *
 * @param mode "none", "host", "bridge", {@code container:NAME}, or the name of the first endpoint's
 *     network
 * @param endpoints the networks it joins, the primary one first; empty for the other modes
 * @param hostname null for the engine's choice
 * @param extraHosts {@code name:address} entries
 * @param exposed {@code 80/tcp}
 */
public record NetworkingSpec(
    String mode,
    List<EndpointSpec> endpoints,
    @Nullable String hostname,
    @Nullable String domainName,
    List<String> dns,
    List<String> dnsOptions,
    List<String> dnsSearch,
    List<String> extraHosts,
    Set<String> exposed,
    List<PortSpec> ports) {
  /** Only a loopback interface. */
  public static final NetworkingSpec NONE =
      new NetworkingSpec(
          "none", List.of(), null, null, List.of(), List.of(), List.of(), List.of(), Set.of(),
          List.of());

  public NetworkingSpec {
    endpoints = List.copyOf(endpoints);
    dns = List.copyOf(dns);
    dnsOptions = List.copyOf(dnsOptions);
    dnsSearch = List.copyOf(dnsSearch);
    extraHosts = List.copyOf(extraHosts);
    exposed = Set.copyOf(exposed);
    ports = List.copyOf(ports);
  }

  public NetworkingSpec withEndpoints(List<EndpointSpec> newEndpoints) {
    return new NetworkingSpec(
        mode,
        newEndpoints,
        hostname,
        domainName,
        dns,
        dnsOptions,
        dnsSearch,
        extraHosts,
        exposed,
        ports);
  }

  NetworkingSpec mapped(References references) {
    return new NetworkingSpec(
        references.map(mode),
        endpoints.stream().map(endpoint -> endpoint.mapped(references)).toList(),
        hostname,
        domainName,
        dns,
        dnsOptions,
        dnsSearch,
        extraHosts,
        exposed,
        ports);
  }
}
