package dev.jcompose.engine.api.volume;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** The answer of the volume list. */
public record VolumeList(List<Volume> volumes, List<String> warnings) implements JsonValue {

  /** Copies the collections. */
  public VolumeList {
    volumes = List.copyOf(volumes);
    warnings = List.copyOf(warnings);
  }

  /** Reads the wire form. */
  public static VolumeList of(JsonObject json) {
    return new VolumeList(json.records("Volumes", Volume::of), json.strings("Warnings"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Volumes", volumes)
        .put("Warnings", warnings.isEmpty() ? null : warnings)
        .build();
  }
}
