package dev.jcompose.engine.runtime.program;

import java.util.List;

/**
 * A control group hierarchy as a container mounts it.
 *
 * @param directory name below /sys/fs/cgroup, such as {@code cpu,cpuacct}
 * @param type {@code cgroup} or {@code cgroup2}
 * @param options controllers or name, such as {@code cpu,cpuacct} or {@code none,name=systemd}
 * @param aliases links to make to it
 */
public record CgroupMount(String directory, String type, String options, List<String> aliases) {
  public CgroupMount {
    aliases = List.copyOf(aliases);
  }
}
