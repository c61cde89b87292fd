package dev.jcompose.core.project.process;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How health is found out. Null always means: as the image says, or the engine's default.
 *
 * @param test starts with {@code CMD}, {@code CMD-SHELL} or {@code NONE}; empty for the image's
 * @param interval between probes (engine default 30 s)
 * @param timeout of one probe (engine default 30 s)
 * @param retries failures in a row that make it unhealthy (engine default 3)
 * @param startPeriod in which failures do not count (engine default 0 s)
 * @param startInterval between probes in the start period (engine default 5 s)
 * @param disable whether the image's health check is switched off; {@code test} is then {@code
 *     NONE}
 */
public record Healthcheck(
    List<String> test,
    @Nullable Duration interval,
    @Nullable Duration timeout,
    @Nullable Integer retries,
    @Nullable Duration startPeriod,
    @Nullable Duration startInterval,
    boolean disable) {
  /** Copies the list. */
  public Healthcheck {
    test = List.copyOf(test);
  }
}
