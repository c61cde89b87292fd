package dev.jcompose.core.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports of the host that services publish so far, to tell when two want the same. */
final class PublishedPorts {
  private final Map<String, List<Published>> byPort = new HashMap<>();

  private record Published(@Nullable String address, String path) {
    /** No address means all of both kinds. */
    boolean meets(@Nullable String other) {
      return address == null
          || other == null
          || address.equals(other)
          || (isV6(address) == isV6(other) && (isAny(address) || isAny(other)));
    }

    private static boolean isV6(String address) {
      return address.indexOf(':') >= 0;
    }

    private static boolean isAny(String address) {
      return address.equals("0.0.0.0") || address.equals("::");
    }
  }

  /**
   * Notes a port.
   *
   * @param address of the host; null for all
   * @param port number and protocol
   * @param path of the attribute that publishes it
   * @return path of an earlier one that it is in the way of; null when there is none
   */
  @Nullable String add(@Nullable String address, String port, String path) {
    List<Published> others = byPort.computeIfAbsent(port, _ -> new ArrayList<>());
    String met = null;
    for (Published other : others) {
      if (met == null && other.meets(address)) {
        met = other.path;
      }
    }
    others.add(new Published(address, path));
    return met;
  }
}
