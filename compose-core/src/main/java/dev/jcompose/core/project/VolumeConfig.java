package dev.jcompose.core.project;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume of the top-level {@code volumes} section.
 *
 * @param key the name services refer to it by
 * @param name the engine's name for it, such as {@code shop_data}
 * @param driver null for the engine's default, {@code local}
 * @param driverOptions options for the driver
 * @param external whether it must exist already and is never made or removed
 * @param labels labels of the user
 * @param configHash changes when any of the above does
 */
public record VolumeConfig(
    String key,
    String name,
    @Nullable String driver,
    Map<String, String> driverOptions,
    boolean external,
    Map<String, String> labels,
    ConfigHash configHash) {
  /** Copies the maps, keeping their order. */
  public VolumeConfig {
    driverOptions = Collections.unmodifiableMap(new LinkedHashMap<>(driverOptions));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
