package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * A mount in the long form ({@code Mounts} of the host configuration). {@code type} is bind,
 * volume, tmpfs, image, npipe or cluster; the options of the type in question stay JSON objects
 * ({@code bindOptions}: Propagation, NonRecursive, CreateMountpoint, ReadOnlyNonRecursive,
 * ReadOnlyForceRecursive; {@code volumeOptions}: NoCopy, Labels, DriverConfig, Subpath; {@code
 * tmpfsOptions}: SizeBytes, Mode; {@code imageOptions}: Subpath).
 */
public record MountSpec(
    String type,
    String source,
    String target,
    boolean readOnly,
    String consistency,
    JsonObject bindOptions,
    JsonObject volumeOptions,
    JsonObject tmpfsOptions,
    JsonObject imageOptions)
    implements JsonValue {

  /** Reads the wire form. */
  public static MountSpec of(JsonObject json) {
    return new MountSpec(
        json.string("Type"),
        json.string("Source"),
        json.string("Target"),
        json.flag("ReadOnly"),
        json.string("Consistency"),
        json.object("BindOptions"),
        json.object("VolumeOptions"),
        json.object("TmpfsOptions"),
        json.object("ImageOptions"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Type", type)
        .putUnlessEmpty("Source", source)
        .put("Target", target)
        .putUnlessEmpty("ReadOnly", readOnly)
        .putUnlessEmpty("Consistency", consistency)
        .putUnlessEmpty("BindOptions", bindOptions)
        .putUnlessEmpty("VolumeOptions", volumeOptions)
        .putUnlessEmpty("TmpfsOptions", tmpfsOptions)
        .putUnlessEmpty("ImageOptions", imageOptions)
        .build();
  }
}
