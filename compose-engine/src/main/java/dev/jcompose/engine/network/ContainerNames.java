package dev.jcompose.engine.network;

import dev.jcompose.engine.network.dns.NameView;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names that a container can see: those of everybody plugged into one of its networks. */
final class ContainerNames implements NameView {
  private final Attachments attachments;
  private final String containerId;

  ContainerNames(Attachments attachments, String containerId) {
    this.attachments = attachments;
    this.containerId = containerId;
  }

  @Override
  public Optional<List<InetAddress>> addresses(String name) {
    Optional<List<InetAddress>> found = search(name, network -> true);
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

  private Optional<List<InetAddress>> search(String name, Predicate<EndpointLease> where) {
    return networks()
        .filter(where)
        .map(
            network ->
                attachments.on(network.networkId()).stream()
                    .filter(lease -> lease.names().stream().anyMatch(name::equalsIgnoreCase))
                    .map(ContainerNames::addressOf)
                    .toList())
        .filter(addresses -> !addresses.isEmpty())
        .findFirst();
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
