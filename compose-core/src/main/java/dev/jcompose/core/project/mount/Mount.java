package dev.jcompose.core.project.mount;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry of a service's {@code volumes}. */
public sealed interface Mount {
  /** Absolute path in the container. */
  String target();

  /** Whether the container may not write. */
  boolean readOnly();

  /**
   * A directory or file of the host.
   *
   * @param source absolute path on the host
   * @param target absolute path in the container
   * @param readOnly whether the container may not write
   * @param consistency kept, without effect
   * @param propagation such as {@code rslave}; null for the engine's default
   * @param createHostPath whether a missing source is made as a directory rather than refused
   * @param recursive {@code enabled}, {@code disabled}, {@code writable} and so on; null for the
   *     default
   * @param selinux {@code z} or {@code Z}; null for none
   */
  record Bind(
      String source,
      String target,
      boolean readOnly,
      @Nullable String consistency,
      @Nullable String propagation,
      boolean createHostPath,
      @Nullable String recursive,
      @Nullable String selinux)
      implements Mount {}

  /**
   * A volume.
   *
   * @param source key in the project's volumes; null for an anonymous one
   * @param target absolute path in the container
   * @param readOnly whether the container may not write
   * @param nocopy whether the image's files are not copied into an empty volume
   * @param subpath directory of the volume to mount; null for its root
   * @param labels labels of an anonymous volume
   */
  record Volume(
      @Nullable String source,
      String target,
      boolean readOnly,
      boolean nocopy,
      @Nullable String subpath,
      Map<String, String> labels)
      implements Mount {
    /** Copies the map. */
    public Volume {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }

  /**
   * Memory.
   *
   * @param target absolute path in the container
   * @param readOnly whether the container may not write
   * @param size bytes; null for no bound of its own
   * @param mode permission bits; null for the default
   */
  record Tmpfs(String target, boolean readOnly, @Nullable Long size, @Nullable Integer mode)
      implements Mount {}

  /**
   * The file system of an image.
   *
   * @param source image reference
   * @param target absolute path in the container
   * @param readOnly always true in effect
   * @param subpath directory of the image to mount; null for its root
   */
  record Image(String source, String target, boolean readOnly, @Nullable String subpath)
      implements Mount {}

  /**
   * A kind that only other engines have.
   *
   * @param type {@code npipe} or {@code cluster}
   * @param source what to mount
   * @param target path in the container
   * @param readOnly whether the container may not write
   */
  record Foreign(String type, @Nullable String source, String target, boolean readOnly)
      implements Mount {}
}
