package dev.jcompose.core.bind;

import dev.jcompose.core.project.mount.Device;
import dev.jcompose.core.project.mount.FileReference;
import dev.jcompose.core.project.mount.Mount;
import dev.jcompose.core.project.mount.Storage;
import java.util.ArrayList;
import java.util.List;

/** Makes the record of what a service sees in its file system. */
final class StorageBinder {
  private StorageBinder() {}

  static Storage bind(Fields fields) {
    return new Storage(
        mounts(fields.items("volumes")),
        fields.texts("tmpfs"),
        fields.texts("volumes_from"),
        files(fields.items("configs"), "/"),
        files(fields.items("secrets"), "/run/secrets/"),
        devices(fields.items("devices")),
        fields.flag("read_only"),
        fields.bytes("shm_size"),
        fields.strings("storage_opt"));
  }

  private static List<Mount> mounts(List<Fields> items) {
    List<Mount> mounts = new ArrayList<>(items.size());
    for (Fields item : items) {
      mounts.add(mount(item));
    }
    return mounts;
  }

  private static Mount mount(Fields item) {
    String type = item.text("type", "volume");
    String target = item.text("target", "");
    String source = item.text("source");
    boolean readOnly = item.flag("read_only");
    return switch (type) {
      case "bind" -> bind(item, source == null ? "" : source, target, readOnly);
      case "tmpfs" -> {
        Fields tmpfs = item.below("tmpfs");
        yield new Mount.Tmpfs(target, readOnly, tmpfs.bytes("size"), tmpfs.integer("mode"));
      }
      case "image" ->
          new Mount.Image(
              source == null ? "" : source, target, readOnly, item.below("image").text("subpath"));
      case "npipe", "cluster" -> new Mount.Foreign(type, source, target, readOnly);
      default -> {
        Fields volume = item.below("volume");
        yield new Mount.Volume(
            source == null || source.isEmpty() ? null : source,
            target,
            readOnly,
            volume.flag("nocopy"),
            volume.text("subpath"),
            volume.strings("labels"));
      }
    };
  }

  private static Mount bind(Fields item, String source, String target, boolean readOnly) {
    Fields bind = item.below("bind");
    return new Mount.Bind(
        source,
        target,
        readOnly,
        item.text("consistency"),
        bind.text("propagation"),
        bind.flag("create_host_path"),
        bind.text("recursive"),
        bind.text("selinux"));
  }

  private static List<FileReference> files(List<Fields> items, String directory) {
    List<FileReference> files = new ArrayList<>(items.size());
    for (Fields item : items) {
      String source = item.text("source", "");
      String target = item.text("target", source);
      files.add(
          new FileReference(
              source,
              target.startsWith("/") ? target : directory + target,
              item.text("uid"),
              item.text("gid"),
              item.mode("mode")));
    }
    return files;
  }

  private static List<Device> devices(List<Fields> items) {
    List<Device> devices = new ArrayList<>(items.size());
    for (Fields item : items) {
      String source = item.text("source", "");
      devices.add(new Device(source, item.text("target", source), item.text("permissions", "rwm")));
    }
    return devices;
  }
}
