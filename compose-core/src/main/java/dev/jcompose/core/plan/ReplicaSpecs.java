package dev.jcompose.core.plan;

import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.NetworkingSpec;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.MountView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the container of one replica out of its service's template. */
final class ReplicaSpecs {
  private static final int SHORT_ID = 12;

  private ReplicaSpecs() {}

  /**
   * The container to create.
   *
   * @param images what is known of images, by the names services have for them
   * @param inherit whether anonymous volumes of the replaced container go on in the new one
   * @param parents the first container of a service that this one shares something with
   */
  static ContainerSpec of(
      Replica replica,
      Map<String, ImageView> images,
      boolean inherit,
      Map<String, String> parents) {
    ContainerSpec template = replica.service.template();
    ImageView image = images.get(replica.service.image().reference());
    String name = replica.container.name();
    ContainerView old = replica.replaced == null ? null : replica.existing;
    Map<String, String> labels = new LinkedHashMap<>(template.labels());
    if (!labels.getOrDefault(Labels.ONE_OFF, "").equals("True")) {
      labels.put(Labels.NUMBER, Integer.toString(replica.number));
    }
    if (image != null) {
      labels.put(Labels.IMAGE, image.id());
    }
    String mounted = MountedImages.remembered(template, images);
    if (!mounted.isEmpty()) {
      labels.put(Labels.IMAGE_VOLUMES, mounted);
    }
    ContainerSpec spec =
        template.withNetworking(withAlias(template.networking(), name)).withName(name);
    if (old != null) {
      String fixed = replica.service.containerName();
      labels.put(
          Labels.REPLACES, fixed == null ? replica.service.name() + "-" + replica.number : fixed);
      if (old.name().equals(name)) {
        // The old one keeps the name until it is gone (compose facts 3.7).
        spec =
            spec.withName(
                old.id().substring(0, Math.min(SHORT_ID, old.id().length())) + "_" + name);
      }
      if (inherit) {
        spec = inheriting(spec, old, image);
      }
    }
    return spec.withLabels(labels).withServices(service -> parents.getOrDefault(service, service));
  }

  /** What a container is called while the one it replaces still has its name. */
  static String temporaryName(ContainerView old) {
    return old.id().substring(0, Math.min(SHORT_ID, old.id().length())) + "_" + old.name();
  }

  /** Whether a container still has such a name and the one it replaced is gone. */
  static boolean awaitsItsName(ContainerView container, String name) {
    return container.name().length() == SHORT_ID + 1 + name.length()
        && container.name().charAt(SHORT_ID) == '_'
        && container.name().endsWith(name)
        && !container.label(Labels.REPLACES).isEmpty();
  }

  private static NetworkingSpec withAlias(NetworkingSpec networking, String containerName) {
    if (networking.endpoints().isEmpty()) {
      return networking;
    }
    List<EndpointSpec> endpoints = new ArrayList<>(networking.endpoints().size());
    for (EndpointSpec endpoint : networking.endpoints()) {
      Set<String> aliases = new LinkedHashSet<>();
      aliases.add(containerName);
      aliases.addAll(endpoint.aliases());
      endpoints.add(endpoint.withAliases(List.copyOf(aliases)));
    }
    return networking.withEndpoints(endpoints);
  }

  /** Compose facts 3.10: what the image or the service mounts without a name keeps its content. */
  private static ContainerSpec inheriting(
      ContainerSpec spec, ContainerView old, @Nullable ImageView image) {
    Map<String, MountSpec> byTarget = new LinkedHashMap<>();
    for (MountSpec mount : spec.storage().mounts()) {
      byTarget.put(mount.target(), mount);
    }
    Map<String, MountSpec> inherited = new HashMap<>();
    for (MountView mount : old.mounts()) {
      MountSpec wanted = byTarget.get(mount.target());
      boolean anonymous =
          wanted == null
              ? image != null && image.volumes().contains(mount.target())
              : wanted instanceof MountSpec.Volume volume && volume.name() == null;
      if (anonymous && mount.type().equals("volume") && !mount.name().isEmpty()) {
        inherited.put(
            mount.target(),
            new MountSpec.Volume(
                mount.name(), mount.target(), !mount.writable(), true, null, Map.of()));
      }
    }
    if (inherited.isEmpty()) {
      return spec;
    }
    byTarget.putAll(inherited);
    return spec.withStorage(spec.storage().withMounts(List.copyOf(byTarget.values())));
  }
}
