package dev.jcompose.engine.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mounts every container has, in Docker's order, and how a user's own fit in. */
public final class StandardMounts {
  private StandardMounts() {}

  /** Bytes of /dev/shm unless asked otherwise. */
  public static final long SHM_BYTES = 64L << 20;

  /**
   * The standard mounts, then the user's, sorted by depth and name so that parents come first. A
   * user's mount on a standard target takes its place; one on /dev or /proc takes the place of all
   * below it too.
   *
   * @param shmBytes size of /dev/shm
   * @param privileged leaves /sys and the control groups writable
   */
  public static List<Mount> with(List<Mount> users, long shmBytes, boolean privileged) {
    List<Mount> all = new ArrayList<>();
    for (Mount standard : standard(shmBytes, privileged)) {
      if (users.stream().noneMatch(user -> replaces(user.target(), standard.target()))) {
        all.add(standard);
      }
    }
    users.stream()
        .sorted(
            Comparator.comparingInt((Mount mount) -> depth(mount.target()))
                .thenComparing(Mount::target))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** All but the one on a target, for {@code ipc: none}. */
  public static List<Mount> without(String target, List<Mount> mounts) {
    return mounts.stream().filter(mount -> !mount.target().equals(target)).toList();
  }

  private static List<Mount> standard(long shmBytes, boolean privileged) {
    List<String> noExec = List.of("nosuid", "noexec", "nodev");
    return List.of(
        new Mount.Proc("/proc"),
        Mount.Dev.standard(),
        new Mount.Devpts("/dev/pts"),
        new Mount.Sysfs("/sys", !privileged),
        new Mount.Cgroup("/sys/fs/cgroup", !privileged),
        new Mount.Mqueue("/dev/mqueue"),
        new Mount.Tmpfs("/dev/shm", shmBytes, 01777, noExec));
  }

  private static boolean replaces(String user, String standard) {
    return user.equals(standard) || standard.startsWith(user + "/");
  }

  private static int depth(String target) {
    return (int) target.chars().filter(c -> c == '/').count();
  }
}
