package dev.jcompose.cli.doctor;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Control groups: which version, which controllers, and whether groups can be made. */
final class CgroupChecks {
  private static final List<String> WANTED = List.of("cpu", "memory", "pids", "cpuset");
  private static final String ROOT = "/sys/fs/cgroup";

  private CgroupChecks() {}

  static List<Finding> of(Host host) {
    List<Finding> all = new ArrayList<>();
    if (host.has(ROOT + "/cgroup.controllers")) {
      all.add(Finding.ok("cgroups", "version 2"));
      all.add(controllers(host.words(ROOT + "/cgroup.controllers")));
      all.add(delegation(host));
    } else {
      List<String> mounted =
          host.read("/proc/self/mountinfo")
              .orElse("")
              .lines()
              .filter(line -> line.contains(" - cgroup "))
              .map(line -> line.substring(line.lastIndexOf(' ') + 1))
              .flatMap(options -> List.of(options.split(",", -1)).stream())
              .toList();
      if (mounted.isEmpty()) {
        all.add(
            Finding.missing("cgroups", "none are mounted", "mount -t cgroup2 none /sys/fs/cgroup"));
        return all;
      }
      all.add(Finding.ok("cgroups", "version 1"));
      all.add(controllers(mounted));
      if (!mounted.contains("devices")) {
        all.add(
            Finding.note(
                "cgroup devices",
                "not mounted: containers are kept from devices by their capabilities alone",
                "mount -t cgroup -o devices devices /sys/fs/cgroup/devices"));
      }
    }
    return all;
  }

  private static Finding controllers(List<String> there) {
    List<String> absent = WANTED.stream().filter(name -> !there.contains(name)).toList();
    return absent.isEmpty()
        ? Finding.ok("cgroup controllers", String.join(", ", WANTED))
        : Finding.note(
            "cgroup controllers",
            "without " + String.join(", ", absent) + ": services with such limits are refused",
            "start the kernel with cgroup_enable=" + absent.getFirst());
  }

  private static Finding delegation(Host host) {
    return Files.isWritable(host.path(ROOT + "/cgroup.subtree_control"))
        ? Finding.ok("cgroup delegation", "groups can be made at the root")
        : Finding.missing(
            "cgroup delegation",
            ROOT + " cannot be written, as inside another container",
            "run as root on the machine itself, or give the outer container the cgroup tree"
                + " writable");
  }
}
