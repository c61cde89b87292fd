package dev.jcompose.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How control groups are mounted: version 1, version 2, or both (hybrid), where version 1 has the
 * controllers and the version 2 tree only keeps track of processes.
 *
 * @param hierarchies in the order they are mounted
 */
public record CgroupLayout(List<Hierarchy> hierarchies) {
  private static final Set<String> MOUNT_FLAGS =
      Set.of(
          "rw",
          "ro",
          "relatime",
          "nosuid",
          "nodev",
          "noexec",
          "seclabel",
          "xattr",
          "all",
          "clone_children",
          "release_agent",
          "noprefix",
          "favordynmods");

  public CgroupLayout {
    hierarchies = List.copyOf(hierarchies);
  }

  /** The layout of this machine. */
  public static CgroupLayout ofHost() {
    try {
      return parse(Files.readString(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/mountinfo", e);
    }
  }

  /** Reads mountinfo(5) text. */
  static CgroupLayout parse(String mountinfo) {
    List<Hierarchy> found = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    for (String line : mountinfo.lines().toList()) {
      int dash = line.indexOf(" - ");
      String[] left = line.substring(0, Math.max(0, dash)).split(" ", -1);
      String[] right = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ", -1);
      if (left.length < 5 || right.length < 3 || !right[0].startsWith("cgroup")) {
        continue;
      }
      Path at = Path.of(left[4].replace("\\040", " "));
      if (seen.add(at)) {
        List<String> controllers =
            Arrays.stream(right[2].split(",", -1))
                .filter(option -> !MOUNT_FLAGS.contains(option.split("=", 2)[0]))
                .toList();
        boolean unified = right[0].equals("cgroup2");
        found.add(new Hierarchy(at, unified, unified ? List.of() : controllers));
      }
    }
    return new CgroupLayout(found);
  }

  /** Whether version 2 has the controllers. */
  public boolean unified() {
    return hierarchies.stream().allMatch(Hierarchy::unified) && !hierarchies.isEmpty();
  }

  Optional<Hierarchy> of(String controller) {
    return hierarchies.stream().filter(h -> h.controls(controller)).findFirst();
  }
}
