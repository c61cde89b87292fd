package dev.jcompose.engine.api.volume;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A named volume; {@code mountpoint} is its directory on the host. */
public record Volume(
    String name,
    String driver,
    String mountpoint,
    String createdAt,
    Map<String, String> labels,
    String scope,
    Map<String, String> options,
    JsonObject status,
    @Nullable JsonObject usageData)
    implements JsonValue {

  /** Copies the collections. */
  public Volume {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Reads the wire form. */
  public static Volume of(JsonObject json) {
    return new Volume(
        json.string("Name"),
        json.string("Driver"),
        json.string("Mountpoint"),
        json.string("CreatedAt"),
        json.stringMap("Labels"),
        json.string("Scope"),
        json.stringMap("Options"),
        json.object("Status"),
        json.objectOrNull("UsageData"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Driver", driver)
        .put("Mountpoint", mountpoint)
        .put("CreatedAt", createdAt)
        .put("Labels", labels)
        .put("Scope", scope)
        .put("Options", options.isEmpty() ? null : options)
        .putUnlessEmpty("Status", status)
        .putUnlessNull("UsageData", usageData)
        .build();
  }
}
