package dev.jcompose.core.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How {@code up}, {@code create} and {@code scale} go about it.
 *
 * @param targets the services named by the user; empty for all, then none is a mere dependency
 * @param recreate when a target's existing containers are replaced
 * @param recreateDependencies when those of the targets' dependencies are
 * @param dependencies whether the targets' dependencies are looked at (false: {@code --no-deps})
 * @param start whether containers are started (false: {@code --no-start})
 * @param removeOrphans whether containers of services that are no more are removed
 * @param ignoreOrphans whether nothing is said about them
 * @param renewAnonymousVolumes whether replaced containers get fresh anonymous volumes
 * @param timeout for stopping, null for each container's own
 * @param awaitUp whether it ends only when every container is up and healthy
 * @param scale numbers of replicas that override the file's
 * @param held services that are made anew and not started, for somebody who does that himself when
 *     all they depend on is there; existing containers of theirs are left alone
 */
public record UpOptions(
    Set<String> targets,
    Recreate recreate,
    Recreate recreateDependencies,
    boolean dependencies,
    boolean start,
    boolean removeOrphans,
    boolean ignoreOrphans,
    boolean renewAnonymousVolumes,
    @Nullable Duration timeout,
    boolean awaitUp,
    Map<String, Integer> scale,
    Set<String> held) {

  /** When an existing container is replaced. */
  public enum Recreate {
    /** When it is not what the file says. */
    DIVERGED,
    ALWAYS,
    NEVER
  }

  /** Everything as {@code up} without flags. */
  public static final UpOptions DEFAULT =
      new UpOptions(
          Set.of(),
          Recreate.DIVERGED,
          Recreate.DIVERGED,
          true,
          true,
          false,
          false,
          false,
          null,
          false,
          Map.of(),
          Set.of());

  /** As {@code up} with these services named; none for all. */
  public static UpOptions of(Set<String> targets) {
    return new UpOptions(
        targets,
        Recreate.DIVERGED,
        Recreate.DIVERGED,
        true,
        true,
        false,
        true,
        false,
        null,
        false,
        Map.of(),
        Set.of());
  }

  /** New containers for these services, whatever they are like, and what they need as it is. */
  public static UpOptions replacing(Set<String> targets) {
    return new UpOptions(
        targets,
        Recreate.ALWAYS,
        Recreate.NEVER,
        true,
        true,
        false,
        true,
        false,
        null,
        false,
        Map.of(),
        Set.of());
  }

  /**
   * How many containers some services have, and nothing else.
   *
   * @param dependencies whether what they need is brought up too
   */
  public static UpOptions scaling(Map<String, Integer> scale, boolean dependencies) {
    return new UpOptions(
        scale.keySet(),
        Recreate.DIVERGED,
        Recreate.DIVERGED,
        dependencies,
        true,
        false,
        false,
        false,
        null,
        false,
        scale,
        Set.of());
  }

  public UpOptions {
    targets = Set.copyOf(targets);
    scale = Map.copyOf(scale);
    held = Set.copyOf(held);
  }

  Recreate recreate(String service) {
    return targets.isEmpty() || targets.contains(service) ? recreate : recreateDependencies;
  }
}
