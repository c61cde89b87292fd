package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * The answer of this engine's private route {@code GET /jcompose/engine}, which no other engine
 * has. {@code root} is its state directory, {@code startedAt} in RFC 3339.
 */
public record EngineStatus(
    int pid, String root, String version, String startedAt, int runningContainers)
    implements JsonValue {

  /** Reads the wire form. */
  public static EngineStatus of(JsonObject json) {
    return new EngineStatus(
        json.integer("Pid"),
        json.string("Root"),
        json.string("Version"),
        json.string("StartedAt"),
        json.integer("RunningContainers"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Pid", pid)
        .put("Root", root)
        .put("Version", version)
        .put("StartedAt", startedAt)
        .put("RunningContainers", runningContainers)
        .build();
  }
}
