package dev.jcompose.engine.container.start;

import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.Healthcheck;
import org.jspecify.annotations.Nullable;

/** Whether and how a container's health is checked. */
public final class HealthChecks {
  private HealthChecks() {}

  /** The check of a container; null when it has none or switched the image's off. */
  public static @Nullable Healthcheck of(ContainerRecord container) {
    Healthcheck check = container.spec().healthcheck();
    boolean none =
        check == null || check.test().isEmpty() || check.test().getFirst().equals("NONE");
    return none ? null : check;
  }

  /** The health of a container that has just started; null without a check. */
  public static @Nullable Health initial(ContainerRecord container) {
    return of(container) == null ? null : Health.STARTING;
  }
}
