package dev.jcompose.engine.container.insight;

import dev.jcompose.engine.container.ContainerInsight.NetworkCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the table of interfaces a process sees, proc_net_dev(5). */
final class InterfaceCounters {
  private static final int SENT = 8;

  private InterfaceCounters() {}

  /** The counters of all interfaces but the loopback one; none when the process is gone. */
  static Map<String, NetworkCounters> read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      return Map.of();
    }
  }

  static Map<String, NetworkCounters> parse(List<String> lines) {
    Map<String, NetworkCounters> counters = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (name.isEmpty() || name.equals("lo")) {
        continue;
      }
      String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
      counters.put(
          name,
          new NetworkCounters(
              Long.parseLong(fields[0]),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[SENT]),
              Long.parseLong(fields[SENT + 1]),
              Long.parseLong(fields[SENT + 2]),
              Long.parseLong(fields[SENT + 3])));
    }
    return counters;
  }
}
