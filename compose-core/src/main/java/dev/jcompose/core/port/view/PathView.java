package dev.jcompose.core.port.view;

/**
 * Something in the file system of a container.
 *
 * @param name the last part of its path
 * @param linkTarget where a symbolic link points, with other links on the way resolved; else empty
 */
public record PathView(String name, Kind kind, String linkTarget) {
  /** What it is. */
  public enum Kind {
    DIRECTORY,
    LINK,
    OTHER
  }
}
