package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.StandardMounts;
import dev.jcompose.engine.state.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All mounts of a container, in the order they are made. */
final class MountList {
  private final ContainerRecord container;
  private final Map<String, ImageTree> images;
  private final List<Mount> more;

  /**
   * @param images what is mounted of images, by target
   * @param more what devices bring along
   */
  MountList(ContainerRecord container, Map<String, ImageTree> images, List<Mount> more) {
    this.container = container;
    this.images = Map.copyOf(images);
    this.more = List.copyOf(more);
  }

  /**
   * The mounts.
   *
   * @param etc whose files are shown in /etc
   * @param shm shows this directory as /dev/shm instead of a file system of the container's own
   */
  List<Mount> all(ContainerPaths etc, @Nullable Path shm) {
    List<Mount> users = new ArrayList<>(more);
    for (MountPoint point : container.mounts()) {
      users.add(mount(point));
    }
    Set<String> taken = users.stream().map(Mount::target).collect(Collectors.toSet());
    boolean readOnly = container.spec().isolation().readOnlyRoot();
    bindUnlessTaken(users, taken, etc.resolvConf(), "/etc/resolv.conf", readOnly);
    bindUnlessTaken(users, taken, etc.hostname(), "/etc/hostname", readOnly);
    bindUnlessTaken(users, taken, etc.hosts(), "/etc/hosts", readOnly);
    if (shm != null) {
      bindUnlessTaken(users, taken, shm, "/dev/shm", false);
    }
    if (container.spec().isolation().namespaces().ipc().equals("none")) {
      return StandardMounts.without("/dev/shm", standardWith(users));
    }
    return standardWith(users);
  }

  private List<Mount> standardWith(List<Mount> users) {
    long asked = container.spec().isolation().shmSize();
    return StandardMounts.with(
        users,
        asked == 0 ? StandardMounts.SHM_BYTES : asked,
        container.spec().isolation().privileged());
  }

  private static void bindUnlessTaken(
      List<Mount> users, Set<String> taken, Path source, String target, boolean readOnly) {
    if (!taken.contains(target)) {
      users.add(Mount.Bind.of(source, target, readOnly));
    }
  }

  private Mount mount(MountPoint point) {
    return switch (point.kind()) {
      case BIND -> bind(point, request(point, MountRequest.Bind.class));
      case VOLUME -> volume(point, request(point, MountRequest.NamedVolume.class));
      case TMPFS -> tmpfs(point, request(point, MountRequest.Tmpfs.class));
      case IMAGE -> image(Objects.requireNonNull(images.get(point.destination())), point);
    };
  }

  /** What was asked for at this place; null when the image or another container brought it. */
  private <T extends MountRequest> @Nullable T request(MountPoint point, Class<T> kind) {
    for (MountRequest request : container.spec().mounts()) {
      if (kind.isInstance(request)
          && Path.of(request.target()).normalize().toString().equals(point.destination())) {
        return kind.cast(request);
      }
    }
    return null;
  }

  private static Mount bind(MountPoint point, MountRequest.@Nullable Bind request) {
    Path source = Path.of(point.source());
    if (!Files.exists(source)) {
      if (request != null && !request.createHostPath()) {
        throw new EngineException.InvalidRequest(
            "invalid mount config for type \"bind\": bind source path does not exist: " + source);
      }
      try {
        Files.createDirectories(source);
      } catch (IOException e) {
        throw new EngineException.InvalidRequest(
            "could not make the missing bind source " + source + ": " + e.getMessage(), e);
      }
    }
    return new Mount.Bind(
        source,
        point.destination(),
        !point.writable(),
        request == null || !request.onlyTopReadOnly(),
        request == null || request.recursive(),
        propagation(source, point.propagation()),
        List.of());
  }

  private static Mount.Propagation propagation(Path source, String text) {
    return switch (text) {
      case "", "private", "rprivate" -> Mount.Propagation.PRIVATE;
      case "slave", "rslave" -> {
        HostMounts.read().requireReceiving(source);
        yield Mount.Propagation.SLAVE;
      }
      case "shared", "rshared" -> {
        HostMounts.read().requireShared(source);
        yield Mount.Propagation.SHARED;
      }
      default ->
          throw new EngineException.InvalidRequest(
              "invalid propagation \"" + text + "\"; use private, slave or shared, or r before it");
    };
  }

  private static Mount volume(MountPoint point, MountRequest.@Nullable NamedVolume request) {
    // Records of engines without image mounts have it in the request alone.
    String subpath = request == null ? point.subpath() : request.subpath();
    Path source = VolumePart.of(Path.of(point.source()), subpath);
    return Mount.Bind.of(source, point.destination(), !point.writable());
  }

  private static Mount image(ImageTree tree, MountPoint point) {
    return new Mount.Layers(
        tree.topFirst(), tree.place(), tree.path(), tree.directory(), point.destination());
  }

  private static Mount tmpfs(MountPoint point, MountRequest.@Nullable Tmpfs request) {
    if (request == null) {
      return TmpfsOptions.parse(point.destination(), point.mode());
    }
    if (request.text() != null) {
      return TmpfsOptions.parse(point.destination(), request.text());
    }
    List<String> options = new ArrayList<>(List.of("noexec", "nosuid", "nodev"));
    if (request.readOnly()) {
      options.add("ro");
    }
    Integer mode = request.mode();
    return new Mount.Tmpfs(
        point.destination(), request.size(), mode == null ? 01777 : mode, options);
  }
}
