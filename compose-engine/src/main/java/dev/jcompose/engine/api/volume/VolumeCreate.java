package dev.jcompose.engine.api.volume;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request for a volume; an empty name asks for an anonymous one. */
public record VolumeCreate(
    String name, String driver, Map<String, String> driverOpts, Map<String, String> labels)
    implements JsonValue {

  /** Copies the collections. */
  public VolumeCreate {
    driverOpts = Collections.unmodifiableMap(new LinkedHashMap<>(driverOpts));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Reads the wire form. */
  public static VolumeCreate of(JsonObject json) {
    return new VolumeCreate(
        json.string("Name"),
        json.string("Driver"),
        json.stringMap("DriverOpts"),
        json.stringMap("Labels"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Driver", driver)
        .put("DriverOpts", driverOpts)
        .put("Labels", labels)
        .build();
  }
}
