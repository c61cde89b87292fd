package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The driver options of a container's place on a network that have a meaning here.
 *
 * @param interfaceName name of the interface in the container, {@code ""}: the next free {@code
 *     ethN}
 */
public record EndpointOptions(String interfaceName) {
  /** As Docker 28.1 and later call it. */
  private static final String INTERFACE_NAME = "com.docker.network.endpoint.ifname";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,15}");

  /** The kernel has these for itself, some of them as directories of its settings. */
  private static final Set<String> RESERVED = Set.of(".", "..", "lo", "all", "default");

  /**
   * Reads the options.
   *
   * @throws EngineException.InvalidRequest for an option that is not known or has no sensible value
   */
  public static EndpointOptions of(Map<String, String> options) {
    for (String option : options.keySet()) {
      if (!option.equals(INTERFACE_NAME)) {
        throw new EngineException.InvalidRequest(
            "driver option \""
                + option
                + "\" is not supported for a container on a network; leave it out");
      }
    }
    String name = options.getOrDefault(INTERFACE_NAME, "");
    if (!name.isEmpty() && (!NAME.matcher(name).matches() || RESERVED.contains(name))) {
      throw new EngineException.InvalidRequest(
          "\""
              + name
              + "\" is not a name for an interface; use up to 15 letters, digits and _ . -, and"
              + " none of lo, all and default");
    }
    return new EndpointOptions(name);
  }
}
