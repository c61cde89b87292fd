package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.VolumeSpec;

/**
 * A named volume to have.
 *
 * @param key its name in the Compose file
 * @param external whether it is only used, never made or removed
 */
public record DesiredVolume(String key, boolean external, VolumeSpec spec, String hash) {
  public String name() {
    return spec.name();
  }
}
