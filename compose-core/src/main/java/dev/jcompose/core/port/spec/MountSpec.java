package dev.jcompose.core.port.spec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something to mount at {@link #target} in a container. */
public sealed interface MountSpec {
  String target();

  boolean readOnly();

  /**
   * A file or directory of the host.
   *
   * @param createSource whether a directory is made when the source is missing
   * @param propagation "rprivate" and the like, null for the engine's default
   * @param recursive "enabled", "disabled", "writable" or "readonly", null for the default
   * @param selinux "z" or "Z", null for none
   */
  record Bind(
      String source,
      String target,
      boolean readOnly,
      boolean createSource,
      @Nullable String propagation,
      @Nullable String recursive,
      @Nullable String selinux)
      implements MountSpec {
    public static Bind readOnly(String source, String target) {
      return new Bind(source, target, true, false, null, null, null);
    }
  }

  /**
   * A volume.
   *
   * @param name null for an anonymous one
   * @param copy whether a new volume is filled with what the image has at the target
   * @param subpath a directory inside the volume, null for its root
   */
  record Volume(
      @Nullable String name,
      String target,
      boolean readOnly,
      boolean copy,
      @Nullable String subpath,
      Map<String, String> labels)
      implements MountSpec {
    public Volume {
      labels = Ordered.copy(labels);
    }
  }

  /**
   * A file system in memory.
   *
   * @param size bytes, null for no bound
   * @param mode permission bits, null for 1777
   */
  record Tmpfs(String target, boolean readOnly, @Nullable Long size, @Nullable Integer mode)
      implements MountSpec {}

  /** The files of an image. */
  record Image(String image, String target, boolean readOnly, @Nullable String subpath)
      implements MountSpec {}
}
