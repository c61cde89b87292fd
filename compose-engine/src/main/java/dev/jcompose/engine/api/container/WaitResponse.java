package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a container ended; {@code error} is null unless the wait itself failed. */
public record WaitResponse(int statusCode, @Nullable String error) implements JsonValue {
  /** Reads the wire form. */
  public static WaitResponse of(JsonObject json) {
    return new WaitResponse(
        json.integer("StatusCode"), json.object("Error").stringOrNull("Message"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("StatusCode", statusCode)
        .putUnlessNull("Error", error == null ? null : Map.of("Message", error))
        .build();
  }
}
