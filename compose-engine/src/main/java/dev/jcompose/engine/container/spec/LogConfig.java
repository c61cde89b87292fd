package dev.jcompose.engine.container.spec;

import java.util.Map;

/**
 * How a container's output is kept.
 *
 * @param driver {@code json-file}, {@code local} (kept the same way) or {@code none}; empty:
 *     json-file
 * @param options {@code max-size}, {@code max-file}, {@code labels}, {@code env}, …
 */
public record LogConfig(String driver, Map<String, String> options) {
  public static final LogConfig DEFAULT = new LogConfig("", Map.of());

  public LogConfig {
    options = Copies.map(options);
  }
}
