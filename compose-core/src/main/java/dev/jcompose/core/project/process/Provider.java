package dev.jcompose.core.project.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that provides the service instead of containers.
 *
 * @param type name of the program
 * @param options its options; each may be given several times
 */
public record Provider(String type, Map<String, List<String>> options) {
  /** Copies the map. */
  public Provider {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
