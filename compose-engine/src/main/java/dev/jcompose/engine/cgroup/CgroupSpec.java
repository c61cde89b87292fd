package dev.jcompose.engine.cgroup;

import java.util.List;
import java.util.Map;

/**
 * The control group of one container.
 *
 * @param path below the root of every hierarchy, with a leading slash, such as {@code
 *     /jcompose/4f…}
 * @param limits what the container may use
 * @param devices rules in the order they apply, the last match wins; empty leaves devices alone
 * @param files further files with what to write, by name, such as {@code hugetlb.2MB.max}
 */
public record CgroupSpec(
    String path, Limits limits, List<DeviceRule> devices, Map<String, String> files) {
  public CgroupSpec {
    files = Map.copyOf(files);
    devices = List.copyOf(devices);
    if (!path.startsWith("/") || path.contains("/../") || path.endsWith("/..")) {
      throw new IllegalArgumentException(
          "control group path \"" + path + "\" must start with / and must not contain ..");
    }
  }

  /** With nothing but the usual files. */
  public CgroupSpec(String path, Limits limits, List<DeviceRule> devices) {
    this(path, limits, devices, Map.of());
  }
}
