package dev.jcompose.engine.container.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a process in a container, in Docker's order. */
public final class ProcessEnvironment {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private ProcessEnvironment() {}

  /**
   * Standard variables first, each replaced in place by a later one of its name.
   *
   * @param container the container's own entries
   * @param more entries over those, as an exec has them
   */
  public static List<String> of(
      String hostname, boolean terminal, List<String> container, List<String> more, String home) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("PATH", PATH);
    all.put("HOSTNAME", hostname);
    if (terminal) {
      all.put("TERM", "xterm");
    }
    container.forEach(entry -> put(all, entry));
    more.forEach(entry -> put(all, entry));
    all.putIfAbsent("HOME", home);
    List<String> entries = new ArrayList<>();
    all.forEach((name, value) -> entries.add(name + "=" + value));
    return entries;
  }

  private static void put(Map<String, String> all, String entry) {
    int equals = entry.indexOf('=');
    if (equals > 0) {
      all.put(entry.substring(0, equals), entry.substring(equals + 1));
    } else if (equals < 0) {
      all.remove(entry);
    }
  }
}
