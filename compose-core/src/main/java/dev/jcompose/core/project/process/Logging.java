package dev.jcompose.core.project.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where output goes.
 *
 * @param driver null for the engine's default
 * @param options options of the driver
 */
public record Logging(@Nullable String driver, Map<String, String> options) {
  /** Copies the map. */
  public Logging {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
