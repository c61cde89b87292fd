package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One part of an engine and its version. */
public record VersionComponent(String name, String version, Map<String, String> details)
    implements JsonValue {

  /** Copies the collections. */
  public VersionComponent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** Reads the wire form. */
  public static VersionComponent of(JsonObject json) {
    return new VersionComponent(
        json.string("Name"), json.string("Version"), json.stringMap("Details"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Version", version)
        .put("Details", details)
        .build();
  }
}
