package dev.jcompose.engine.api.exec;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** What a command is. */
public record ExecProcess(
    boolean tty, String entrypoint, List<String> arguments, boolean privileged, String user)
    implements JsonValue {

  /** Copies the collections. */
  public ExecProcess {
    arguments = List.copyOf(arguments);
  }

  /** Reads the wire form. */
  public static ExecProcess of(JsonObject json) {
    return new ExecProcess(
        json.flag("tty"),
        json.string("entrypoint"),
        json.strings("arguments"),
        json.flag("privileged"),
        json.string("user"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("tty", tty)
        .put("entrypoint", entrypoint)
        .put("arguments", arguments)
        .put("privileged", privileged)
        .putUnlessEmpty("user", user)
        .build();
  }
}
