package dev.jcompose.engine.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which endpoints are plugged into which network namespace at the moment. */
final class Attachments {
  private record Attached(EndpointLease lease, Path namespace, String identity) {}

  // Lists in the maps are replaced, never changed: readers take no lock.
  private final Map<String, List<Attached>> byContainer = new ConcurrentHashMap<>();
  private final Map<String, List<EndpointLease>> byNetwork = new ConcurrentHashMap<>();

  void add(Path namespace, EndpointLease lease) {
    Attached attached = new Attached(lease, namespace, identity(namespace));
    byContainer.merge(lease.containerId(), List.of(attached), Attachments::joined);
    byNetwork.merge(lease.networkId(), List.of(lease), Attachments::joined);
  }

  private static <T> List<T> joined(List<T> before, List<T> more) {
    List<T> all = new ArrayList<>(before);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** The endpoints that are plugged into a network. */
  List<EndpointLease> on(String networkId) {
    return byNetwork.getOrDefault(networkId, List.of());
  }

  /** The endpoints of a container that are plugged in. */
  List<EndpointLease> of(String containerId) {
    return byContainer.getOrDefault(containerId, List.of()).stream().map(Attached::lease).toList();
  }

  /** Puts a lease in the place of the one with its endpoint id, if that is plugged in still. */
  void replace(EndpointLease lease) {
    byContainer.computeIfPresent(
        lease.containerId(),
        (id, before) ->
            before.stream()
                .map(
                    one ->
                        one.lease.endpointId().equals(lease.endpointId())
                            ? new Attached(lease, one.namespace, one.identity)
                            : one)
                .toList());
    byNetwork.computeIfPresent(
        lease.networkId(),
        (id, before) ->
            before.stream()
                .map(one -> one.endpointId().equals(lease.endpointId()) ? lease : one)
                .toList());
  }

  /**
   * Forgets an endpoint.
   *
   * @return null when it was not plugged in
   */
  @Nullable Removed remove(EndpointLease lease) {
    List<Attached> found =
        byContainer.getOrDefault(lease.containerId(), List.of()).stream()
            .filter(attached -> attached.lease.endpointId().equals(lease.endpointId()))
            .toList();
    if (found.isEmpty()) {
      return null;
    }
    byContainer.computeIfPresent(
        lease.containerId(), (id, before) -> without(before, found.getFirst()));
    byNetwork.computeIfPresent(
        lease.networkId(), (id, before) -> without(before, found.getFirst().lease));
    return new Removed(found.getFirst().namespace, found.getFirst().identity);
  }

  private static <T> @Nullable List<T> without(List<T> before, T gone) {
    List<T> rest = before.stream().filter(one -> !one.equals(gone)).toList();
    return rest.isEmpty() ? null : rest;
  }

  /** An endpoint that was plugged in until now. */
  record Removed(Path namespace, String identity) {
    /** Whether the path still leads to the same namespace, and not to that of a later process. */
    boolean stillThere() {
      return !identity.isEmpty() && identity.equals(Attachments.identity(namespace));
    }
  }

  private static String identity(Path namespace) {
    try {
      // The link of a namespace file reads net:[number]; the number is its own for as long as it
      // exists.
      return Files.readSymbolicLink(namespace).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
