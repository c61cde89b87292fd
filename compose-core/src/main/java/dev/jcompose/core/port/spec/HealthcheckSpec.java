package dev.jcompose.core.port.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a container is probed. Null means the engine's default.
 *
 * @param test starts with "CMD", "CMD-SHELL" or "NONE"; empty to keep the image's
 */
public record HealthcheckSpec(
    List<String> test,
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Duration startPeriod,
    @Nullable Duration startInterval,
    @Nullable Integer retries) {
  public HealthcheckSpec {
    test = List.copyOf(test);
  }
}
