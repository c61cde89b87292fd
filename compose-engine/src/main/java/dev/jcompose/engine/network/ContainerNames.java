package dev.jcompose.engine.network;

import dev.jcompose.engine.network.dns.NameView;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names that a container can see: those of everybody plugged into one of its networks. */
final class ContainerNames implements NameView {
  private final Attachments attachments;
  private final String containerId;
  private final Map<String, List<String>> links;

  ContainerNames(Attachments attachments, String containerId, Map<String, List<String>> links) {
    this.attachments = attachments;
    this.containerId = containerId;
    this.links = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.links.putAll(links);
  }

  @Override
  public Optional<List<InetAddress>> addresses(String name) {
    Optional<List<InetAddress>> found = linked(name).or(() -> search(name, network -> true));
    for (int dot = name.indexOf('.');
        found.isEmpty() && dot > 0;
        dot = name.indexOf('.', dot + 1)) {
      String network = name.substring(dot + 1);
      found =
          search(
              name.substring(0, dot),
              lease -> lease.networkName().toLowerCase(Locale.ROOT).equals(network));
    }
    return found;
  }

  /** A link stands for all that have one of its names now, so it outlives their restarts. */
  private Optional<List<InetAddress>> linked(String name) {
    List<InetAddress> all =
        links.getOrDefault(name, List.of()).stream()
            .flatMap(target -> search(target, network -> true).stream())
            .flatMap(List::stream)
            .distinct()
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private Optional<List<InetAddress>> search(String name, Predicate<EndpointLease> where) {
    return networks()
        .filter(where)
        .map(
            network ->
                attachments.on(network.networkId()).stream()
                    .filter(lease -> isCalled(lease, name))
                    .map(ContainerNames::addressOf)
                    .toList())
        .filter(addresses -> !addresses.isEmpty())
        .findFirst();
  }

  private static boolean isCalled(EndpointLease lease, String name) {
    return lease.containerId().equals(name)
        || lease.names().stream().anyMatch(name::equalsIgnoreCase);
  }

  // The network of the default route is asked first, as its addresses reach farthest.
  private Stream<EndpointLease> networks() {
    List<EndpointLease> all = attachments.of(containerId);
    EndpointLease gateway = Networks.gatewayOf(all);
    return all.stream()
        .sorted(
            Comparator.comparing((EndpointLease lease) -> !lease.equals(gateway))
                .thenComparing(EndpointLease::networkName));
  }

  @Override
  public Optional<String> nameOf(InetAddress address) {
    return networks()
        .flatMap(network -> attachments.on(network.networkId()).stream())
        .filter(lease -> addressOf(lease).equals(address))
        .findFirst()
        .map(lease -> lease.containerName() + "." + lease.networkName());
  }

  @Override
  public boolean mayAskOutside() {
    return attachments.of(containerId).stream().anyMatch(lease -> lease.gateway() != null);
  }

  private static InetAddress addressOf(EndpointLease lease) {
    return Objects.requireNonNull(lease.address()).address();
  }
}
