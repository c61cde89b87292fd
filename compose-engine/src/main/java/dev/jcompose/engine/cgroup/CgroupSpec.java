package dev.jcompose.engine.cgroup;

import java.util.List;

/**
 * The control group of one container.
 *
 * @param path below the root of every hierarchy, with a leading slash, such as {@code
 *     /jcompose/4f…}
 * @param limits what the container may use
 * @param devices rules in the order they apply, the last match wins; empty leaves devices alone
 */
public record CgroupSpec(String path, Limits limits, List<DeviceRule> devices) {
  public CgroupSpec {
    devices = List.copyOf(devices);
    if (!path.startsWith("/") || path.contains("/../") || path.endsWith("/..")) {
      throw new IllegalArgumentException(
          "control group path \"" + path + "\" must start with / and must not contain ..");
    }
  }
}
