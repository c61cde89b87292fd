package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.NetworkSpec;

/**
 * A network to have.
 *
 * @param key its name in the Compose file
 * @param external whether it is only used, never made or removed
 */
public record DesiredNetwork(String key, boolean external, NetworkSpec spec, String hash) {
  public String name() {
    return spec.name();
  }
}
