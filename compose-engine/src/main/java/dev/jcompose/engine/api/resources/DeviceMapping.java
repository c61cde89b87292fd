package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** A host device made visible in the container; permissions are letters of {@code rwm}. */
public record DeviceMapping(String pathOnHost, String pathInContainer, String cgroupPermissions)
    implements JsonValue {

  /** Reads the wire form. */
  public static DeviceMapping of(JsonObject json) {
    return new DeviceMapping(
        json.string("PathOnHost"),
        json.string("PathInContainer"),
        json.string("CgroupPermissions"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("PathOnHost", pathOnHost)
        .put("PathInContainer", pathInContainer)
        .put("CgroupPermissions", cgroupPermissions)
        .build();
  }
}
