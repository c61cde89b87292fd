package dev.jcompose.core.project.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Devices wanted by what they can do.
 *
 * @param driver null for any
 * @param count how many; -1 for all; 0 when {@code deviceIds} names them
 * @param deviceIds which
 * @param capabilities what they must be able to do
 * @param options for the driver
 */
public record DeviceRequest(
    @Nullable String driver,
    long count,
    List<String> deviceIds,
    List<String> capabilities,
    Map<String, String> options) {
  /** Copies the collections. */
  public DeviceRequest {
    deviceIds = List.copyOf(deviceIds);
    capabilities = List.copyOf(capabilities);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
