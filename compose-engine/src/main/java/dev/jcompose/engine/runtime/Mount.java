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
   * @param restrictions of {@code nosuid nodev noexec noatime nodiratime strictatime nosymfollow};
   *     with an r before it for the mounts below as well
   */
  record Bind(
      Path source,
      String target,
      boolean readOnly,
      boolean readOnlyBelow,
      boolean recursive,
      Propagation propagation,
      List<String> restrictions)
      implements Mount {
    public Bind {
      restrictions = List.copyOf(restrictions);
    }

    /** A private bind of everything below the source, the usual kind. */
    public static Bind of(Path source, String target, boolean readOnly) {
      return new Bind(source, target, readOnly, true, true, Propagation.PRIVATE, List.of());
    }
  }

  /**
   * Directories of the host that lie over each other, or something in them, read-only.
   *
   * @param topFirst at least two, the uppermost first
   * @param place an empty directory of the host that they are mounted over where only the container
   *     sees it
   * @param path absolute below the place, without links
   * @param directory whether a directory is there; else a file
   */
  record Layers(List<Path> topFirst, Path place, String path, boolean directory, String target)
      implements Mount {
    public Layers {
      topFirst = List.copyOf(topFirst);
    }
  }

  /** How mounts made later travel. */
  enum Propagation {
    /** Not at all. */
    PRIVATE,
    /** From the host into the container. */
    SLAVE,
    /** Both ways. */
    SHARED,
    /** Not at all, and it cannot be the source of a bind. */
    UNBINDABLE
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

  /**
   * The standard device nodes and links, on a fresh tmpfs.
   *
   * @param flags and data: as those of {@link Filesystem}
   */
  record Dev(String target, List<String> flags, String data) implements Mount {
    public Dev {
      flags = List.copyOf(flags);
    }

    /** As Docker has it. */
    public static Dev standard() {
      return new Dev("/dev", List.of("nosuid", "strictatime"), "mode=755,size=65536k");
    }
  }

  /** The standard device nodes and links in a directory that is there already. */
  record Nodes(String target) implements Mount {}

  /**
   * Any file system the kernel knows.
   *
   * @param flags names of mount flags, such as {@code nosuid} or {@code relatime}
   * @param data options of the file system itself, joined by commas
   */
  record Filesystem(String type, String source, String target, List<String> flags, String data)
      implements Mount {
    public Filesystem {
      flags = List.copyOf(flags);
    }
  }

  /** Pseudo terminals of the container's own. */
  record Devpts(String target) implements Mount {}

  /** POSIX message queues. */
  record Mqueue(String target) implements Mount {}

  /** The control groups, in whatever layout the host has. */
  record Cgroup(String target, boolean readOnly) implements Mount {}
}
