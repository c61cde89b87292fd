package dev.jcompose.engine.api.exec;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * A command to run in a running container. Empty {@code user} and {@code workingDir} mean the
 * container's.
 */
public record ExecCreate(
    List<String> cmd,
    List<String> env,
    String user,
    String workingDir,
    boolean tty,
    boolean privileged,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    String detachKeys)
    implements JsonValue {

  /** Copies the collections. */
  public ExecCreate {
    cmd = List.copyOf(cmd);
    env = List.copyOf(env);
  }

  /** Reads the wire form. */
  public static ExecCreate of(JsonObject json) {
    return new ExecCreate(
        json.strings("Cmd"),
        json.strings("Env"),
        json.string("User"),
        json.string("WorkingDir"),
        json.flag("Tty"),
        json.flag("Privileged"),
        json.flag("AttachStdin"),
        json.flag("AttachStdout"),
        json.flag("AttachStderr"),
        json.string("DetachKeys"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Cmd", cmd)
        .put("Env", env)
        .put("User", user)
        .put("WorkingDir", workingDir)
        .put("Tty", tty)
        .put("Privileged", privileged)
        .put("AttachStdin", attachStdin)
        .put("AttachStdout", attachStdout)
        .put("AttachStderr", attachStderr)
        .put("DetachKeys", detachKeys)
        .build();
  }
}
