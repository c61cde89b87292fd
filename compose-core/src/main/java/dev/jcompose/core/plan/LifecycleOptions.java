package dev.jcompose.core.plan;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the verbs that change existing containers go about it.
 *
 * @param services the services named by the user; empty for all
 * @param dependencies whether what the services need (start) or what needs them (restart) is
 *     touched too
 * @param timeout for stopping, null for each container's own
 * @param volumes whether {@code rm} takes anonymous volumes along
 * @param signal for {@code kill}
 * @param awaitUp whether {@code start} ends only when every container is up and healthy
 */
public record LifecycleOptions(
    Set<String> services,
    boolean dependencies,
    @Nullable Duration timeout,
    boolean volumes,
    String signal,
    boolean awaitUp) {
  /** All services, everything as without flags. */
  public static final LifecycleOptions DEFAULT =
      new LifecycleOptions(Set.of(), true, null, false, "SIGKILL");

  public LifecycleOptions {
    services = Set.copyOf(services);
  }

  /** Without waiting. */
  public LifecycleOptions(
      Set<String> services,
      boolean dependencies,
      @Nullable Duration timeout,
      boolean volumes,
      String signal) {
    this(services, dependencies, timeout, volumes, signal, false);
  }

  /** The same, ending only when every container is up and healthy. */
  public LifecycleOptions awaitingUp() {
    return new LifecycleOptions(services, dependencies, timeout, volumes, signal, true);
  }

  public static LifecycleOptions of(Set<String> services) {
    return new LifecycleOptions(services, true, null, false, "SIGKILL");
  }

  public LifecycleOptions withTimeout(@Nullable Duration newTimeout) {
    return new LifecycleOptions(services, dependencies, newTimeout, volumes, signal, awaitUp);
  }
}
