package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * How a container's health is probed. Durations are nanoseconds; 0 means "as the image says, else
 * the default". {@code test} starts with NONE, CMD or CMD-SHELL; empty inherits the image's test.
 */
public record HealthConfig(
    List<String> test,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries)
    implements JsonValue {

  /** Copies the list. */
  public HealthConfig {
    test = List.copyOf(test);
  }

  /** Reads the wire form. */
  public static HealthConfig of(JsonObject json) {
    return new HealthConfig(
        json.strings("Test"),
        json.number("Interval"),
        json.number("Timeout"),
        json.number("StartPeriod"),
        json.number("StartInterval"),
        json.integer("Retries"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("Test", test)
        .putUnlessEmpty("Interval", interval)
        .putUnlessEmpty("Timeout", timeout)
        .putUnlessEmpty("StartPeriod", startPeriod)
        .putUnlessEmpty("StartInterval", startInterval)
        .putUnlessEmpty("Retries", retries)
        .build();
  }
}
