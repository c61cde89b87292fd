package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/** A mount of a container as it was made. */
public record MountPoint(
    String type,
    String name,
    String source,
    String destination,
    String driver,
    String mode,
    boolean readWrite,
    String propagation)
    implements JsonValue {

  /** Reads the wire form. */
  public static MountPoint of(JsonObject json) {
    return new MountPoint(
        json.string("Type"),
        json.string("Name"),
        json.string("Source"),
        json.string("Destination"),
        json.string("Driver"),
        json.string("Mode"),
        json.flag("RW"),
        json.string("Propagation"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Type", type)
        .putUnlessEmpty("Name", name)
        .put("Source", source)
        .put("Destination", destination)
        .putUnlessEmpty("Driver", driver)
        .put("Mode", mode)
        .put("RW", readWrite)
        .put("Propagation", propagation)
        .build();
  }
}
