package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.NetworkView;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says whether a container is still what its service asks for (compose facts 3.9). */
final class Divergence {
  private final ObservedState observed;
  private final Map<String, Decision> decided;
  private final Set<String> renewedNetworks;

  /**
   * Judges against what was observed.
   *
   * @param decided the services decided so far; a service's parents are among them
   * @param renewedNetworks names of networks the plan makes anew and reconnects by itself
   */
  Divergence(ObservedState observed, Map<String, Decision> decided, Set<String> renewedNetworks) {
    this.observed = observed;
    this.decided = decided;
    this.renewedNetworks = renewedNetworks;
  }

  /** Why the container has to be replaced, or null when it may stay. */
  @Nullable String cause(
      DesiredService service, ContainerView container, UpOptions.Recreate policy) {
    if (container.status() == ContainerStatus.DEAD) {
      return "it is dead";
    }
    return switch (policy) {
      case NEVER -> null;
      case ALWAYS -> "it was asked to be replaced";
      case DIVERGED -> diverged(service, container);
    };
  }

  private @Nullable String diverged(DesiredService service, ContainerView container) {
    Adjustment adjustment = adjustment(service, container);
    if (adjustment == null && !isAsHashed(service, container)) {
      return "its configuration changed" + changedParts(service, container);
    }
    ImageView image = observed.images().get(service.image().reference());
    if (image != null && !image.id().equals(container.imageId())) {
      return "image " + service.image().reference() + " changed";
    }
    String mounted = MountedImages.cause(service, container, observed.images());
    if (mounted != null) {
      return mounted;
    }
    String parent = parent(service, container);
    if (parent != null) {
      return parent;
    }
    for (EndpointSpec endpoint : service.template().networking().endpoints()) {
      String cause =
          adjustment != null && adjustment.joins(endpoint.network())
              ? null
              : endpoint(endpoint.network(), container);
      if (cause != null) {
        return cause;
      }
    }
    for (MountSpec mount : service.template().storage().mounts()) {
      if (mount instanceof MountSpec.Volume volume
          && volume.name() != null
          && !hasVolume(container, volume.name(), volume.target())) {
        return "volume " + volume.name() + " is not mounted in it";
      }
    }
    return null;
  }

  /** How a container that may stay becomes what it should be; null when it is already. */
  @Nullable Adjustment adjustment(DesiredService service, ContainerView container) {
    return isAsHashed(service, container)
        ? null
        : Adjusting.between(container, service)
            .adjustment(service, container, observed.adjustables().get(container.id()));
  }

  private static boolean isAsHashed(DesiredService service, ContainerView container) {
    return container.label(Labels.CONFIG_HASH).equals(service.hash());
  }

  /** Which attributes, where the container remembers: {@code " (command, image)"}. */
  private static String changedParts(DesiredService service, ContainerView container) {
    Set<String> changed = Adjusting.between(container, service).changed();
    return changed.isEmpty()
        ? ""
        : " (" + String.join(", ", changed).replace(Labels.CONTENTS, "contents of its files") + ")";
  }

  private @Nullable String parent(DesiredService service, ContainerView container) {
    for (String name : service.parents()) {
      Decision parent = decided.get(name);
      if (parent != null && parent.firstIsMade()) {
        return "service " + name + ", whose container it shares, gets a new one";
      }
    }
    String mode = service.template().networking().mode();
    if (!mode.startsWith("service:")) {
      return null;
    }
    Decision parent = decided.get(mode.substring("service:".length()));
    if (parent == null || parent.replicas().isEmpty()) {
      return null;
    }
    ContainerRef first = parent.replicas().getFirst().container;
    return container.networkMode().equals("container:" + first.id())
            || container.networkMode().equals("container:" + first.name())
        ? null
        : "the container whose network it shared is gone";
  }

  private @Nullable String endpoint(String network, ContainerView container) {
    if (renewedNetworks.contains(network)) {
      return null;
    }
    NetworkView current = observed.networks().get(network);
    for (EndpointView endpoint : container.endpoints()) {
      if (endpoint.network().equals(network)) {
        boolean same =
            current != null
                && (endpoint.networkId().isEmpty() || endpoint.networkId().equals(current.id()));
        return same ? null : "network " + network + " is another one now";
      }
    }
    return "it is not in network " + network;
  }

  private static boolean hasVolume(ContainerView container, String name, String target) {
    return container.mounts().stream()
        .anyMatch(mount -> mount.name().equals(name) && mount.target().equals(target));
  }
}
