package dev.jcompose.engine.cgroup;

import java.nio.file.Path;
import java.util.List;

/**
 * One mounted control group hierarchy.
 *
 * @param mountPoint such as {@code /sys/fs/cgroup/cpu,cpuacct}
 * @param unified whether it is version 2
 * @param controllers version 1: what it was mounted with; a named one has {@code name=…}
 */
public record Hierarchy(Path mountPoint, boolean unified, List<String> controllers) {
  public Hierarchy {
    controllers = List.copyOf(controllers);
  }

  boolean controls(String controller) {
    return controllers.contains(controller);
  }

  Path directory(String path) {
    return mountPoint.resolve(path.substring(1));
  }
}
