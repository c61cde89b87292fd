package dev.jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.List;

/** Where a container's root file system comes from. */
public sealed interface RootFilesystem {
  /** Whether the container sees it read-only. */
  boolean readOnly();

  /** A directory of the host that the root is, or is mounted over, in the container's namespace. */
  Path directory();

  /**
   * An overlay mount, made in the container's own mount namespace.
   *
   * @param lower read-only layers, lowest first; at least one
   * @param upper changes of this container
   * @param work scratch space of the kernel on the file system of {@code upper}
   * @param directory an empty directory to mount over
   */
  record Overlay(List<Path> lower, Path upper, Path work, Path directory, boolean readOnly)
      implements RootFilesystem {
    public Overlay {
      lower = List.copyOf(lower);
      if (lower.isEmpty()) {
        throw new IllegalArgumentException("an overlay needs at least one lower directory");
      }
    }
  }

  /** A plain directory, used as it is. */
  record Directory(Path directory, boolean readOnly) implements RootFilesystem {}
}
