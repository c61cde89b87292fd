package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * When a container that exited is started again: {@code name} is no (or empty), always,
 * unless-stopped or on-failure; {@code maximumRetryCount} bounds on-failure, 0 for no bound.
 */
public record RestartPolicy(String name, int maximumRetryCount) implements JsonValue {
  /** Never restarted. */
  public static final RestartPolicy NO = new RestartPolicy("no", 0);

  /** Reads the wire form. */
  public static RestartPolicy of(JsonObject json) {
    return new RestartPolicy(json.string("Name"), json.integer("MaximumRetryCount"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("MaximumRetryCount", maximumRetryCount)
        .build();
  }
}
