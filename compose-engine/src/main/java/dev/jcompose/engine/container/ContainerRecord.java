package dev.jcompose.engine.container;

import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.image.ImageUse;
import java.time.Instant;
import java.util.List;

/**
 * Everything known about one container at one moment. This is what is stored, listed and inspected;
 * a change makes a new record.
 *
 * @param id 64 hex digits
 * @param name without a leading slash
 * @param spec what it was asked to be, with the image's configuration merged in
 * @param imageId {@code sha256:…}
 * @param arguments program and arguments as they run: entrypoint, then command
 * @param mounts what is mounted where
 * @param endpoints its place on each network; addresses only while it runs
 * @param ports the published ports, only while it runs
 * @param restartCount restarts by the restart policy since the last start by hand
 */
public record ContainerRecord(
    String id,
    String name,
    Instant created,
    ContainerSpec spec,
    String imageId,
    List<String> arguments,
    List<MountPoint> mounts,
    ContainerState state,
    List<Endpoint> endpoints,
    List<BoundPort> ports,
    int restartCount) {
  public ContainerRecord {
    arguments = List.copyOf(arguments);
    mounts = List.copyOf(mounts);
    endpoints = List.copyOf(endpoints);
    ports = List.copyOf(ports);
  }

  /** The first twelve digits of the id. */
  public String shortId() {
    return id.substring(0, 12);
  }

  /** Whether it stands on an image or mounts it, so that the image has to stay. */
  public boolean needsImage(String image) {
    return imageId.equals(image)
        || mounts.stream()
            .anyMatch(mount -> mount.kind() == MountPoint.Kind.IMAGE && mount.name().equals(image));
  }

  /** Those among the containers that need the image of an id, in any state. */
  public static List<ImageUse.User> usersOf(String imageId, List<ContainerRecord> containers) {
    return containers.stream()
        .filter(container -> container.needsImage(imageId))
        .map(container -> new ImageUse.User(container.id(), container.state().running()))
        .toList();
  }

  /** The name the container has for itself. */
  public String hostname() {
    String asked = spec.isolation().hostname();
    return asked.isEmpty() ? shortId() : asked;
  }

  public ContainerRecord withState(ContainerState changed) {
    return new ContainerRecord(
        id,
        name,
        created,
        spec,
        imageId,
        arguments,
        mounts,
        changed,
        endpoints,
        ports,
        restartCount);
  }

  public ContainerRecord withName(String changed) {
    return new ContainerRecord(
        id,
        changed,
        created,
        spec,
        imageId,
        arguments,
        mounts,
        state,
        endpoints,
        ports,
        restartCount);
  }

  public ContainerRecord withSpec(ContainerSpec changed) {
    return new ContainerRecord(
        id,
        name,
        created,
        changed,
        imageId,
        arguments,
        mounts,
        state,
        endpoints,
        ports,
        restartCount);
  }

  public ContainerRecord withNetworking(List<Endpoint> changed, List<BoundPort> bound) {
    return new ContainerRecord(
        id, name, created, spec, imageId, arguments, mounts, state, changed, bound, restartCount);
  }

  public ContainerRecord withRestartCount(int changed) {
    return new ContainerRecord(
        id, name, created, spec, imageId, arguments, mounts, state, endpoints, ports, changed);
  }
}
