package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.ImageConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The {@code config} object of the configuration document: sets are objects, times nanoseconds. */
final class Settings {
  private Settings() {}

  static ImageConfig of(JsonObject json) {
    return new ImageConfig(
        json.string("User"),
        json.object("ExposedPorts").names(),
        json.strings("Env"),
        json.strings("Entrypoint"),
        json.strings("Cmd"),
        json.object("Volumes").names(),
        json.string("WorkingDir"),
        json.stringMap("Labels"),
        json.string("StopSignal"),
        healthcheck(json.objectOrNull("Healthcheck")),
        json.strings("Shell"),
        json.strings("OnBuild"));
  }

  static JsonObject toJson(ImageConfig config) {
    JsonObject.Builder json = JsonObject.builder().putUnlessEmpty("User", config.user());
    if (!config.exposedPorts().isEmpty()) {
      json.putSet("ExposedPorts", config.exposedPorts());
    }
    json.putUnlessEmpty("Env", config.env())
        .putUnlessEmpty("Entrypoint", config.entrypoint())
        .putUnlessEmpty("Cmd", config.cmd());
    if (!config.volumes().isEmpty()) {
      json.putSet("Volumes", config.volumes());
    }
    return json.putUnlessEmpty("WorkingDir", config.workingDir())
        .putUnlessEmpty("Labels", config.labels())
        .putUnlessEmpty("StopSignal", config.stopSignal())
        .putUnlessNull("Healthcheck", probe(config.healthcheck()))
        .putUnlessEmpty("Shell", config.shell())
        .putUnlessEmpty("OnBuild", config.onBuild())
        .build();
  }

  private static ImageConfig.@Nullable Healthcheck healthcheck(@Nullable JsonObject json) {
    return json == null
        ? null
        : new ImageConfig.Healthcheck(
            json.strings("Test"),
            Duration.ofNanos(json.number("Interval")),
            Duration.ofNanos(json.number("Timeout")),
            Duration.ofNanos(json.number("StartPeriod")),
            Duration.ofNanos(json.number("StartInterval")),
            json.integer("Retries"));
  }

  private static @Nullable JsonObject probe(ImageConfig.@Nullable Healthcheck check) {
    return check == null
        ? null
        : JsonObject.builder()
            .putUnlessEmpty("Test", check.test())
            .putUnlessEmpty("Interval", check.interval().toNanos())
            .putUnlessEmpty("Timeout", check.timeout().toNanos())
            .putUnlessEmpty("StartPeriod", check.startPeriod().toNanos())
            .putUnlessEmpty("StartInterval", check.startInterval().toNanos())
            .putUnlessEmpty("Retries", check.retries())
            .build();
  }
}
