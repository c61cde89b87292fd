package dev.jcompose.core.adapter;

import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.StorageSpec;
import dev.jcompose.engine.api.config.HostStorage;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes mounts in the wire's two forms. */
final class Storage {
  private Storage() {}

  static HostStorage of(StorageSpec spec) {
    List<String> binds = new ArrayList<>();
    List<dev.jcompose.engine.api.config.MountSpec> mounts = new ArrayList<>();
    for (MountSpec mount : spec.mounts()) {
      if (mount instanceof MountSpec.Bind bind && isShort(bind)) {
        binds.add(shortForm(bind));
      } else {
        mounts.add(mount(mount));
      }
    }
    Long shmSize = spec.shmSize();
    return new HostStorage(
        binds,
        mounts,
        spec.tmpfs(),
        spec.volumesFrom().stream().map(Requests::withoutPrefix).toList(),
        Requests.text(spec.volumeDriver()),
        spec.readOnlyRoot(),
        shmSize == null ? 0 : shmSize,
        spec.options());
  }

  /** Only the short form makes missing directories on every engine, and only it knows SELinux. */
  private static boolean isShort(MountSpec.Bind bind) {
    return (bind.createSource() || bind.selinux() != null)
        && bind.recursive() == null
        && bind.source().indexOf(':') < 0
        && bind.target().indexOf(':') < 0;
  }

  private static String shortForm(MountSpec.Bind bind) {
    StringBuilder text = new StringBuilder(bind.source()).append(':').append(bind.target());
    text.append(bind.readOnly() ? ":ro" : ":rw");
    String propagation = bind.propagation();
    if (propagation != null) {
      text.append(',').append(propagation);
    }
    String selinux = bind.selinux();
    if (selinux != null) {
      text.append(',').append(selinux);
    }
    return text.toString();
  }

  private static dev.jcompose.engine.api.config.MountSpec mount(MountSpec mount) {
    return switch (mount) {
      case MountSpec.Bind bind -> wire("bind", bind.source(), bind, bindOptions(bind), null, null);
      case MountSpec.Volume volume ->
          wire("volume", Requests.text(volume.name()), volume, null, volumeOptions(volume), null);
      case MountSpec.Tmpfs tmpfs -> wire("tmpfs", "", tmpfs, null, null, tmpfsOptions(tmpfs));
      case MountSpec.Image image ->
          new dev.jcompose.engine.api.config.MountSpec(
              "image",
              image.image(),
              image.target(),
              image.readOnly(),
              "",
              JsonObject.EMPTY,
              JsonObject.EMPTY,
              JsonObject.EMPTY,
              image.subpath() == null
                  ? JsonObject.EMPTY
                  : JsonObject.builder().put("Subpath", image.subpath()).build());
    };
  }

  private static dev.jcompose.engine.api.config.MountSpec wire(
      String type,
      String source,
      MountSpec mount,
      @Nullable JsonObject bind,
      @Nullable JsonObject volume,
      @Nullable JsonObject tmpfs) {
    return new dev.jcompose.engine.api.config.MountSpec(
        type,
        source,
        mount.target(),
        mount.readOnly(),
        "",
        bind == null ? JsonObject.EMPTY : bind,
        volume == null ? JsonObject.EMPTY : volume,
        tmpfs == null ? JsonObject.EMPTY : tmpfs,
        JsonObject.EMPTY);
  }

  private static JsonObject bindOptions(MountSpec.Bind bind) {
    JsonObject.Builder options = JsonObject.builder();
    String propagation = bind.propagation();
    if (propagation != null) {
      options.put("Propagation", propagation);
    }
    if (bind.createSource()) {
      options.put("CreateMountpoint", true);
    }
    String recursive = bind.recursive();
    if (recursive != null) {
      switch (recursive) {
        case "disabled" -> options.put("NonRecursive", true);
        case "writable" -> options.put("ReadOnlyNonRecursive", true);
        case "readonly" -> options.put("ReadOnlyForceRecursive", true);
        default -> {
          // "enabled" is what every engine does by itself.
        }
      }
    }
    return options.build();
  }

  private static JsonObject volumeOptions(MountSpec.Volume volume) {
    JsonObject.Builder options = JsonObject.builder();
    if (!volume.copy()) {
      options.put("NoCopy", true);
    }
    if (!volume.labels().isEmpty()) {
      options.put("Labels", Map.copyOf(volume.labels()));
    }
    String subpath = volume.subpath();
    if (subpath != null) {
      options.put("Subpath", subpath);
    }
    return options.build();
  }

  private static JsonObject tmpfsOptions(MountSpec.Tmpfs tmpfs) {
    JsonObject.Builder options = JsonObject.builder();
    Long size = tmpfs.size();
    if (size != null) {
      options.put("SizeBytes", size);
    }
    Integer mode = tmpfs.mode();
    if (mode != null) {
      options.put("Mode", mode);
    }
    return options.build();
  }
}
