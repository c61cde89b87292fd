package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** One health probe; times in RFC 3339. */
public record HealthResult(String start, String end, int exitCode, String output)
    implements JsonValue {

  /** Reads the wire form. */
  public static HealthResult of(JsonObject json) {
    return new HealthResult(
        json.string("Start"), json.string("End"), json.integer("ExitCode"), json.string("Output"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Start", start)
        .put("End", end)
        .put("ExitCode", exitCode)
        .put("Output", output)
        .build();
  }
}
