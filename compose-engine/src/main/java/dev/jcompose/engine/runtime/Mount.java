package dev.jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.List;

/**
 * One mount of a container. Targets are absolute paths inside it; symbolic links in them are
 * followed inside the container's root and never leave it. Missing targets are made.
 */
public sealed interface Mount {
  /** Absolute path inside the container. */
  String target();

  /**
   * A file or directory of the host.
   *
   * @param source absolute path on the host; must exist
   * @param readOnlyBelow whether mounts below the source are read-only as well when it is
   * @param recursive whether mounts below the source come along
   * @param propagation how later mounts travel between host and container
   */
  record Bind(
      Path source,
      String target,
      boolean readOnly,
      boolean readOnlyBelow,
      boolean recursive,
      Propagation propagation,
      boolean noExec)
      implements Mount {
    /** A private bind of everything below the source, the usual kind. */
    public static Bind of(Path source, String target, boolean readOnly) {
      return new Bind(source, target, readOnly, true, true, Propagation.PRIVATE, false);
    }
  }

  /** How mounts made later travel. */
  enum Propagation {
    /** Not at all. */
    PRIVATE,
    /** From the host into the container. */
    SLAVE,
    /** Both ways. */
    SHARED
  }

  /**
   * Memory.
   *
   * @param sizeBytes 0 for the kernel's default of half the memory
   * @param mode permission bits of its root, such as 01777
   * @param options of {@code nosuid nodev noexec ro strictatime}, and {@code uid= gid= nr_inodes=
   *     nr_blocks=} with a number
   */
  record Tmpfs(String target, long sizeBytes, int mode, List<String> options) implements Mount {
    public Tmpfs {
      options = List.copyOf(options);
    }
  }

  /** Processes, of the container's process namespace. */
  record Proc(String target) implements Mount {}

  /** Kernel objects. */
  record Sysfs(String target, boolean readOnly) implements Mount {}

  /** The standard device nodes and links, on a fresh tmpfs. */
  record Dev(String target) implements Mount {}

  /** Pseudo terminals of the container's own. */
  record Devpts(String target) implements Mount {}

  /** POSIX message queues. */
  record Mqueue(String target) implements Mount {}

  /** The control groups, in whatever layout the host has. */
  record Cgroup(String target, boolean readOnly) implements Mount {}
}
