package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.volume.VolumeCreate;
import dev.jcompose.engine.volume.Volume;
import dev.jcompose.engine.volume.Volumes.VolumeRequest;

/** Volumes, both ways. */
public final class VolumeViews {
  private VolumeViews() {}

  /** What a request asks for. */
  public static VolumeRequest request(VolumeCreate wire) {
    return new VolumeRequest(
        wire.name().isEmpty() ? null : wire.name(),
        wire.driver(),
        wire.driverOpts(),
        wire.labels());
  }

  /** A volume. */
  public static dev.jcompose.engine.api.volume.Volume view(Volume volume) {
    return new dev.jcompose.engine.api.volume.Volume(
        volume.name(),
        volume.driver(),
        volume.directory().toString(),
        volume.created().toString(),
        volume.labels(),
        "local",
        volume.options(),
        JsonObject.EMPTY,
        null);
  }
}
