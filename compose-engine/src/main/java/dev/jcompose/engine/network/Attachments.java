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

  private final Map<String, List<Attached>> byContainer = new ConcurrentHashMap<>();

  void add(Path namespace, EndpointLease lease) {
    Attached attached = new Attached(lease, namespace, identity(namespace));
    byContainer.merge(
        lease.containerId(),
        List.of(attached),
        (before, more) -> {
          List<Attached> all = new ArrayList<>(before);
          all.addAll(more);
          return List.copyOf(all);
        });
  }

  /** The endpoints of a container that are plugged in. */
  List<EndpointLease> of(String containerId) {
    return byContainer.getOrDefault(containerId, List.of()).stream().map(Attached::lease).toList();
  }

  /**
   * Forgets an endpoint.
   *
   * @return null when it was not plugged in
   */
  @Nullable Removed remove(EndpointLease lease) {
    Attached[] found = new Attached[1];
    byContainer.computeIfPresent(
        lease.containerId(),
        (id, before) -> {
          List<Attached> rest = new ArrayList<>(before);
          rest.removeIf(
              attached -> {
                boolean same = attached.lease.endpointId().equals(lease.endpointId());
                if (same) {
                  found[0] = attached;
                }
                return same;
              });
          return rest.isEmpty() ? null : List.copyOf(rest);
        });
    Attached attached = found[0];
    return attached == null ? null : new Removed(attached.namespace, attached.identity);
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
