package dev.jcompose.core.port.spec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where output is kept.
 *
 * @param driver null for the engine's default
 */
public record LogSpec(@Nullable String driver, Map<String, String> options) {
  public static final LogSpec DEFAULT = new LogSpec(null, Map.of());

  public LogSpec {
    options = Ordered.copy(options);
  }
}
