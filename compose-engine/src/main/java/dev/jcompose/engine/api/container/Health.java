package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * A container's health: starting, healthy, unhealthy or none; the log holds the last probes, oldest
 * first.
 */
public record Health(String status, int failingStreak, List<HealthResult> log)
    implements JsonValue {

  /** Copies the collections. */
  public Health {
    log = List.copyOf(log);
  }

  /** Reads the wire form. */
  public static Health of(JsonObject json) {
    return new Health(
        json.string("Status"),
        json.integer("FailingStreak"),
        json.records("Log", HealthResult::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Status", status)
        .put("FailingStreak", failingStreak)
        .put("Log", log)
        .build();
  }
}
