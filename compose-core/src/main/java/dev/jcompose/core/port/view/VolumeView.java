package dev.jcompose.core.port.view;

import java.util.Map;

/**
 * A volume of the engine.
 *
 * @param mountpoint where its files are on the engine's machine
 */
public record VolumeView(
    String name, String driver, String mountpoint, Map<String, String> labels) {
  public VolumeView {
    labels = Map.copyOf(labels);
  }
}
