package dev.jcompose.engine.container;

/**
 * Something mounted in a container, as inspection shows it.
 *
 * @param name the volume's name; empty for others
 * @param source path on the host; empty for a tmpfs
 * @param destination path in the container
 * @param driver the volume's driver; empty for others
 * @param mode the mode part of the short form it was written in
 * @param propagation of a bind; empty for others
 * @param anonymous an anonymous volume made for this container
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
    boolean anonymous) {
  /** What is mounted. */
  public enum Kind {
    BIND,
    VOLUME,
    TMPFS
  }
}
