package dev.jcompose.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel: its age, its parts, its namespaces and filters. */
final class KernelChecks {
  /** mount_setattr(2), the youngest call without which no container starts. */
  private static final int LEAST_MAJOR = 5;

  private static final int LEAST_MINOR = 12;
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final List<String> NAMESPACES =
      List.of("mnt", "pid", "net", "uts", "ipc", "cgroup");

  private KernelChecks() {}

  static List<Finding> of(Host host) {
    List<Finding> all = new ArrayList<>();
    String release = host.read("/proc/sys/kernel/osrelease").orElse("unknown");
    all.add(version(release));
    all.add(namespaces(host));
    for (KernelFeature feature : KernelFeature.values()) {
      all.add(feature.check(host, release));
    }
    all.add(seccomp(host));
    if (host.number("/sys/fs/selinux/enforce").orElse(0) == 1) {
      all.add(
          Finding.note(
              "selinux",
              "enforcing; jcompose sets no labels, so the policy may refuse bind mounts",
              "setenforce 0, or allow it in the policy"));
    }
    return all;
  }

  private static Finding version(String release) {
    Matcher numbers = RELEASE.matcher(release);
    if (!numbers.matches()) {
      return Finding.missing("kernel", "not Linux: " + release, "use a Linux machine");
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    boolean old = major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR);
    return old
        ? Finding.missing(
            "kernel",
            release + " is older than " + LEAST_MAJOR + "." + LEAST_MINOR,
            "install a newer kernel")
        : Finding.ok("kernel", release);
  }

  private static Finding namespaces(Host host) {
    List<String> absent =
        NAMESPACES.stream().filter(name -> !host.has("/proc/self/ns/" + name)).toList();
    if (!absent.isEmpty()) {
      return Finding.missing(
          "namespaces",
          "the kernel has none of the kinds " + String.join(", ", absent),
          "boot a kernel with CONFIG_NAMESPACES and its kinds");
    }
    List<String> closed =
        NAMESPACES.stream()
            .filter(
                name -> host.number("/proc/sys/user/max_" + name + "_namespaces").orElse(1) == 0)
            .toList();
    return closed.isEmpty()
        ? Finding.ok("namespaces", String.join(", ", NAMESPACES))
        : Finding.missing(
            "namespaces",
            "none may be made of the kinds " + String.join(", ", closed),
            "sysctl -w user.max_" + closed.getFirst() + "_namespaces=10000");
  }

  private static Finding seccomp(Host host) {
    List<String> actions = host.words("/proc/sys/kernel/seccomp/actions_avail");
    return actions.contains("errno")
        ? Finding.ok("seccomp", "filters can be installed")
        : Finding.missing(
            "seccomp",
            "the kernel has no filters for system calls",
            "boot a kernel with CONFIG_SECCOMP_FILTER, or write security_opt: [seccomp=unconfined]"
                + " everywhere");
  }
}
