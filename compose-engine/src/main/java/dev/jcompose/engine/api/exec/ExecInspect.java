package dev.jcompose.engine.api.exec;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A command and how it went; {@code exitCode} is null while it runs, {@code pid} 0 before it
 * starts.
 */
public record ExecInspect(
    String id,
    boolean running,
    @Nullable Long exitCode,
    ExecProcess process,
    boolean openStdin,
    boolean openStdout,
    boolean openStderr,
    boolean canRemove,
    String containerId,
    String detachKeys,
    int pid)
    implements JsonValue {

  /** Reads the wire form. */
  public static ExecInspect of(JsonObject json) {
    return new ExecInspect(
        json.string("ID"),
        json.flag("Running"),
        json.numberOrNull("ExitCode"),
        ExecProcess.of(json.object("ProcessConfig")),
        json.flag("OpenStdin"),
        json.flag("OpenStdout"),
        json.flag("OpenStderr"),
        json.flag("CanRemove"),
        json.string("ContainerID"),
        json.string("DetachKeys"),
        json.integer("Pid"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("ID", id)
        .put("Running", running)
        .put("ExitCode", exitCode)
        .put("ProcessConfig", process)
        .put("OpenStdin", openStdin)
        .put("OpenStdout", openStdout)
        .put("OpenStderr", openStderr)
        .put("CanRemove", canRemove)
        .put("ContainerID", containerId)
        .put("DetachKeys", detachKeys)
        .put("Pid", pid)
        .build();
  }
}
