package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.launch.ImageTree;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.volume.Volume;
import dev.jcompose.engine.volume.Volumes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is mounted where, and makes the volumes that are missing. Later sources win on the
 * same destination: other containers' mounts, then the request's own; the image's volumes fill what
 * is still free.
 */
final class MountPlan {
  private final Volumes volumes;
  private final Function<String, Image> images;
  private final Function<String, ContainerRecord> containers;
  private final String id;

  /**
   * @param images finds an image by reference
   * @param id of the container the mounts are for
   */
  MountPlan(
      Volumes volumes,
      Function<String, Image> images,
      Function<String, ContainerRecord> containers,
      String id) {
    this.id = id;
    this.volumes = volumes;
    this.images = images;
    this.containers = containers;
  }

  List<MountPoint> plan(ContainerSpec merged, UndoStack undo) {
    Map<String, MountPoint> points = new LinkedHashMap<>();
    for (String from : merged.volumesFrom()) {
      for (MountPoint point : inherited(from)) {
        points.put(point.destination(), point);
      }
    }
    for (MountRequest request : merged.mounts()) {
      String target = normal(request.target());
      points.put(target, point(request, target, undo));
    }
    for (String path : merged.volumes()) {
      String target = normal(path);
      if (!points.containsKey(target)) {
        points.put(target, volume(make(null, "", Map.of(), Map.of(), undo), target, "", true, ""));
      }
    }
    return List.copyOf(points.values());
  }

  private List<MountPoint> inherited(String from) {
    int colon = from.lastIndexOf(':');
    String mode = colon < 0 ? "" : from.substring(colon + 1);
    String name = colon < 0 ? from : from.substring(0, colon);
    if (!mode.isEmpty() && !List.of("ro", "rw", "z", "Z").contains(mode)) {
      throw new EngineException.InvalidRequest(
          "volumes from \"" + from + "\": the mode must be ro or rw");
    }
    return containers.apply(name).mounts().stream()
        .map(point -> mode.equals("ro") ? readOnly(point) : point)
        .toList();
  }

  private static MountPoint readOnly(MountPoint point) {
    return new MountPoint(
        point.kind(),
        point.name(),
        point.source(),
        point.destination(),
        point.driver(),
        point.mode(),
        false,
        point.propagation(),
        point.anonymous(),
        point.subpath());
  }

  private MountPoint point(MountRequest request, String target, UndoStack undo) {
    return switch (request) {
      case MountRequest.Bind bind ->
          new MountPoint(
              MountPoint.Kind.BIND,
              "",
              normal(bind.source()),
              target,
              "",
              mode(bind.text()),
              !bind.readOnly(),
              bind.propagation().isEmpty() ? "rprivate" : bind.propagation(),
              false);
      case MountRequest.NamedVolume wanted ->
          volume(
              make(wanted.name(), wanted.driver(), wanted.options(), wanted.labels(), undo),
              target,
              wanted.text() == null ? "z" : mode(wanted.text()),
              !wanted.readOnly(),
              wanted.subpath());
      case MountRequest.Tmpfs tmpfs ->
          new MountPoint(
              MountPoint.Kind.TMPFS,
              "",
              "",
              target,
              "",
              tmpfs.text() == null ? "" : tmpfs.text(),
              !tmpfs.readOnly(),
              "",
              false);
      case MountRequest.Image image -> image(image, target);
    };
  }

  private MountPoint image(MountRequest.Image request, String target) {
    Image image = images.apply(request.source());
    var _ = ImageTree.find(image, request.source(), request.subpath());
    return new MountPoint(
        MountPoint.Kind.IMAGE,
        image.id(),
        request.source(),
        target,
        "",
        "",
        false,
        "",
        false,
        request.subpath());
  }

  private static MountPoint volume(
      Volume volume, String target, String mode, boolean writable, String subpath) {
    return new MountPoint(
        MountPoint.Kind.VOLUME,
        volume.name(),
        volume.directory().toString(),
        target,
        volume.driver(),
        mode,
        writable,
        "",
        volume.anonymous(),
        subpath);
  }

  private Volume make(
      @Nullable String name,
      String driver,
      Map<String, String> options,
      Map<String, String> labels,
      UndoStack undo) {
    boolean existed = volumes.list().stream().anyMatch(v -> v.name().equals(name));
    Volume volume = volumes.create(new Volumes.VolumeRequest(name, driver, options, labels, id));
    if (!existed) {
      undo.push("remove volume " + volume.name(), () -> volumes.remove(volume.name(), true));
    }
    return volume;
  }

  /** The mode part of {@code source:target:mode}. */
  private static String mode(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String[] parts = text.split(":", -1);
    return parts.length > 2 ? parts[2] : "";
  }

  /** Without double and trailing slashes and dots. */
  static String normal(String path) {
    return java.nio.file.Path.of(path).normalize().toString();
  }
}
