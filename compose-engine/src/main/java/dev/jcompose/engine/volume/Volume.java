package dev.jcompose.engine.volume;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A named volume.
 *
 * @param name unique; 64 hex digits when made up for a container
 * @param driver {@code local}
 * @param directory where its files are on the host
 * @param options the driver's options as given
 * @param anonymous made up for one container
 */
public record Volume(
    String name,
    String driver,
    Path directory,
    Map<String, String> labels,
    Map<String, String> options,
    Instant created,
    boolean anonymous) {
  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}
