package dev.jcompose.engine.runtime.program;

import dev.jcompose.engine.runtime.Namespaces;
import java.util.Set;

/** Which kernel settings belong to a namespace, so that a container may set them. */
final class Sysctls {
  private static final Set<String> IPC =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private Sysctls() {}

  /** Refuses a setting that would change the host. */
  static void check(String name, Namespaces namespaces) {
    if (!name.matches("[a-z0-9_./-]+") || name.contains("..")) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a sysctl");
    }
    String dotted = name.replace('/', '.');
    if (dotted.startsWith("net.")) {
      require(name, namespaces.network(), "network");
    } else if (IPC.contains(dotted) || dotted.startsWith("fs.mqueue.")) {
      require(name, namespaces.ipc(), "ipc");
    } else {
      throw new IllegalArgumentException(
          "sysctl \"" + name + "\" belongs to the whole machine; set it on the host instead");
    }
  }

  private static void require(String name, Namespaces.Namespace namespace, String kind) {
    if (namespace instanceof Namespaces.Namespace.Host) {
      throw new IllegalArgumentException(
          "sysctl \""
              + name
              + "\" would change the host, whose "
              + kind
              + " namespace the container shares; remove one of the two");
    }
  }

  /** Dots separate, unless the name is written with slashes, where dots belong to names. */
  static String path(String name) {
    return "/proc/sys/" + (name.contains("/") ? name : name.replace('.', '/'));
  }
}
