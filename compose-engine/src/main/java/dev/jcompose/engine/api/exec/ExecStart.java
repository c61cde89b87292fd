package dev.jcompose.engine.api.exec;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** How to start a command: a terminal of {@code rows} × {@code columns}, both 0 when not given. */
public record ExecStart(boolean detach, boolean tty, int rows, int columns) implements JsonValue {
  /** Reads the wire form. */
  public static ExecStart of(JsonObject json) {
    int rows = 0;
    int columns = 0;
    if (json.get("ConsoleSize") instanceof List<?> size
        && size.size() == 2
        && size.get(0) instanceof Number height
        && size.get(1) instanceof Number width) {
      rows = height.intValue();
      columns = width.intValue();
    }
    return new ExecStart(json.flag("Detach"), json.flag("Tty"), rows, columns);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Detach", detach)
        .put("Tty", tty)
        .putUnlessNull("ConsoleSize", rows == 0 ? null : List.of(rows, columns))
        .build();
  }
}
