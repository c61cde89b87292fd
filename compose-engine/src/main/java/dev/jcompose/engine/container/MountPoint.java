package dev.jcompose.engine.container;

import java.util.Objects;

/**
 * Something mounted in a container, as inspection shows it.
 *
 * @param name the volume's name or the image's id; empty for others
 * @param source path on the host, or the image as it was asked for; empty for a tmpfs
 * @param destination path in the container
 * @param driver the volume's driver; empty for others
 * @param mode the mode part of the short form it was written in
 * @param propagation of a bind; empty for others
 * @param anonymous an anonymous volume made for this container
 * @param subpath what of a volume or an image is mounted, a relative path; empty: all of it
 */
public record MountPoint(
    Kind kind,
    String name,
    String source,
    String destination,
    String driver,
    String mode,
    boolean writable,
    String propagation,
    boolean anonymous,
    String subpath) {
  public MountPoint {
    // Records of engines without image mounts lack it.
    subpath = Objects.requireNonNullElse(subpath, "");
  }

  /** All of something. */
  public MountPoint(
      Kind kind,
      String name,
      String source,
      String destination,
      String driver,
      String mode,
      boolean writable,
      String propagation,
      boolean anonymous) {
    this(kind, name, source, destination, driver, mode, writable, propagation, anonymous, "");
  }

  /** What is mounted. */
  public enum Kind {
    BIND,
    VOLUME,
    TMPFS,
    IMAGE
  }
}
