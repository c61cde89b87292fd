package dev.jcompose.core.port.spec;

import java.util.Map;

/** A named volume to create; the driver is usually "local". */
public record VolumeSpec(
    String name, String driver, Map<String, String> driverOptions, Map<String, String> labels) {
  public VolumeSpec {
    driverOptions = Ordered.copy(driverOptions);
    labels = Ordered.copy(labels);
  }
}
