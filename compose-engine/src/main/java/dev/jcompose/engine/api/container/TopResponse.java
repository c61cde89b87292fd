package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The processes of a container as a table: column titles and one row per process. */
public record TopResponse(List<String> titles, List<List<String>> processes) implements JsonValue {
  /** Copies the lists. */
  public TopResponse {
    titles = List.copyOf(titles);
    processes = List.copyOf(processes);
  }

  /** Reads the wire form. */
  public static TopResponse of(JsonObject json) {
    List<List<String>> processes = new ArrayList<>();
    if (json.get("Processes") instanceof List<?> rows) {
      for (Object row : rows) {
        // Wrapped so that the codec checks the row.
        processes.add(JsonObject.builder().put("row", row).build().strings("row"));
      }
    }
    return new TopResponse(json.strings("Titles"), processes);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Titles", titles).put("Processes", processes).build();
  }
}
