package dev.jcompose.cli.doctor;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Limits of the machine that many containers share. */
final class SysctlChecks {
  /**
   * A limit.
   *
   * @param least below this, something that people run is known to fail
   */
  private record Limit(String name, long least, String use) {
    Finding on(Host host) {
      OptionalLong value = host.number("/proc/sys/" + name.replace('.', '/'));
      if (value.isEmpty() || value.getAsLong() >= least) {
        return Finding.ok(
            name, value.isEmpty() ? "not limited here" : Long.toString(value.getAsLong()));
      }
      return Finding.note(
          name, value.getAsLong() + " is little for " + use, "sysctl -w " + name + "=" + least);
    }
  }

  private static final List<Limit> LIMITS =
      List.of(
          new Limit("fs.inotify.max_user_instances", 128, "many programs that watch files"),
          new Limit(
              "fs.inotify.max_user_watches", 65_536, "development servers that watch sources"),
          new Limit("fs.file-max", 100_000, "many containers"),
          new Limit("kernel.pid_max", 32_768, "many containers"),
          new Limit(
              "kernel.keys.root_maxkeys", 2_000, "many containers, each of which has a keyring"),
          new Limit("vm.max_map_count", 65_530, "databases that map their files"));

  private SysctlChecks() {}

  static Stream<Finding> of(Host host) {
    return LIMITS.stream().map(limit -> limit.on(host));
  }
}
