package dev.jcompose.core.project.deploy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of {@code deploy} after replicas, resources and the restart policy went where they
 * have an effect.
 *
 * @param mode such as {@code replicated}; no effect on one machine
 * @param endpointMode no effect on one machine
 * @param labels labels of the service, not of its containers
 * @param update how containers are replaced; null for all at once
 */
public record Deploy(
    @Nullable String mode,
    @Nullable String endpointMode,
    Map<String, String> labels,
    @Nullable UpdateConfig update) {
  /** Copies the map. */
  public Deploy {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
