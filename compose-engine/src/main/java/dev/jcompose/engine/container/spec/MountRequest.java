package dev.jcompose.engine.container.spec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something to be mounted in a container, as the client asked for it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface MountRequest {
  /** Absolute path in the container. */
  String target();

  boolean readOnly();

  /**
   * A directory or file of the host.
   *
   * @param source absolute path on the host
   * @param createHostPath make the source as a directory when it is missing; otherwise a missing
   *     source is an error
   * @param propagation one of {@code private rprivate shared rshared slave rslave}; empty: rprivate
   * @param onlyTopReadOnly mounts below the source stay writable when it is read-only
   * @param recursive mounts below the source come along
   * @param text the short form ({@code HostConfig.Binds}) it was written in, to be echoed; null
   *     when it came in the long form
   */
  record Bind(
      String source,
      String target,
      boolean readOnly,
      boolean createHostPath,
      String propagation,
      boolean onlyTopReadOnly,
      boolean recursive,
      @Nullable String text)
      implements MountRequest {}

  /**
   * A volume.
   *
   * @param name null: an anonymous volume of this container
   * @param noCopy do not fill an empty volume from the image
   * @param subpath relative path inside the volume that must exist; empty: the whole volume
   * @param driver empty: local
   * @param options options of the driver, used when the volume is made by this request
   * @param labels labels, used when the volume is made by this request
   * @param text the short form it was written in, to be echoed; null when it came in the long form
   */
  record NamedVolume(
      @Nullable String name,
      String target,
      boolean readOnly,
      boolean noCopy,
      String subpath,
      String driver,
      Map<String, String> options,
      Map<String, String> labels,
      @Nullable String text)
      implements MountRequest {
    public NamedVolume {
      options = Copies.map(options);
      labels = Copies.map(labels);
    }
  }

  /**
   * A file system in memory.
   *
   * @param size bytes; 0: half of the machine's memory
   * @param mode permission bits; null: 1777
   * @param text the mount options of {@code HostConfig.Tmpfs}, null when it came in the long form
   */
  record Tmpfs(
      String target, boolean readOnly, long size, @Nullable Integer mode, @Nullable String text)
      implements MountRequest {}

  /**
   * The files of an image, which cannot be written.
   *
   * @param source reference or id of the image
   * @param subpath relative path inside the image that must exist; empty: all of it
   */
  record Image(String source, String target, String subpath) implements MountRequest {
    @Override
    public boolean readOnly() {
      return true;
    }
  }
}
