package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a container's output is kept: driver ("" for the default) and the driver's options. */
public record LogConfig(String type, Map<String, String> config) implements JsonValue {
  /** The engine's default driver. */
  public static final LogConfig DEFAULT = new LogConfig("", Map.of());

  /** Copies the map. */
  public LogConfig {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /** Reads the wire form. */
  public static LogConfig of(JsonObject json) {
    return new LogConfig(json.string("Type"), json.stringMap("Config"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Type", type).put("Config", config).build();
  }
}
