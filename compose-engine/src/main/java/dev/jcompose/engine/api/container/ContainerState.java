package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The state of a container: {@code status} is created, running, paused, restarting, removing,
 * exited or dead; times in RFC 3339, year 1 when it never happened; {@code health} null without a
 * health check.
 */
public record ContainerState(
    String status,
    boolean running,
    boolean paused,
    boolean restarting,
    boolean oomKilled,
    boolean dead,
    int pid,
    int exitCode,
    String error,
    String startedAt,
    String finishedAt,
    @Nullable Health health)
    implements JsonValue {

  /** Reads the wire form. */
  public static ContainerState of(JsonObject json) {
    return new ContainerState(
        json.string("Status"),
        json.flag("Running"),
        json.flag("Paused"),
        json.flag("Restarting"),
        json.flag("OOMKilled"),
        json.flag("Dead"),
        json.integer("Pid"),
        json.integer("ExitCode"),
        json.string("Error"),
        json.string("StartedAt"),
        json.string("FinishedAt"),
        json.objectOrNull("Health") == null ? null : Health.of(json.object("Health")));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Status", status)
        .put("Running", running)
        .put("Paused", paused)
        .put("Restarting", restarting)
        .put("OOMKilled", oomKilled)
        .put("Dead", dead)
        .put("Pid", pid)
        .put("ExitCode", exitCode)
        .put("Error", error)
        .put("StartedAt", startedAt)
        .put("FinishedAt", finishedAt)
        .putUnlessNull("Health", health)
        .build();
  }
}
