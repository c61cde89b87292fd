package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** The answer of a container creation. */
public record CreateResponse(String id, List<String> warnings) implements JsonValue {

  /** Copies the collections. */
  public CreateResponse {
    warnings = List.copyOf(warnings);
  }

  /** Reads the wire form. */
  public static CreateResponse of(JsonObject json) {
    return new CreateResponse(json.string("Id"), json.strings("Warnings"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Id", id).put("Warnings", warnings).build();
  }
}
