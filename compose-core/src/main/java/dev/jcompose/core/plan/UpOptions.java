package dev.jcompose.core.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
    return DEFAULT.withTargets(targets).withOrphans(false, true);
  }

  /** New containers for these services, whatever they are like, and what they need as it is. */
  public static UpOptions replacing(Set<String> targets) {
    return of(targets).withRecreate(Recreate.ALWAYS, Recreate.NEVER);
  }

  /**
   * How many containers some services have, and nothing else.
   *
   * @param dependencies whether what they need is brought up too
   */
  public static UpOptions scaling(Map<String, Integer> scale, boolean dependencies) {
    return DEFAULT
        .withTargets(scale.keySet())
        .withDependencies(dependencies)
        .changed(draft -> draft.scale = scale);
  }

  public UpOptions {
    targets = Set.copyOf(targets);
    scale = Map.copyOf(scale);
    held = Set.copyOf(held);
  }

  /** The same for these services. */
  public UpOptions withTargets(Set<String> services) {
    return changed(draft -> draft.targets = services);
  }

  /** The same with another reason to replace containers. */
  public UpOptions withRecreate(Recreate ofTargets, Recreate ofDependencies) {
    return changed(
        draft -> {
          draft.recreate = ofTargets;
          draft.recreateDependencies = ofDependencies;
        });
  }

  public UpOptions withDependencies(boolean looked) {
    return changed(draft -> draft.dependencies = looked);
  }

  public UpOptions withStart(boolean started) {
    return changed(draft -> draft.start = started);
  }

  /** The same with another way to treat containers of services that are no more. */
  public UpOptions withOrphans(boolean removed, boolean ignored) {
    return changed(
        draft -> {
          draft.removeOrphans = removed;
          draft.ignoreOrphans = ignored;
        });
  }

  public UpOptions withRenewedVolumes(boolean renewed) {
    return changed(draft -> draft.renewAnonymousVolumes = renewed);
  }

  public UpOptions withTimeout(@Nullable Duration stop) {
    return changed(draft -> draft.timeout = stop);
  }

  public UpOptions withAwaitUp(boolean awaited) {
    return changed(draft -> draft.awaitUp = awaited);
  }

  public UpOptions withHeld(Set<String> services) {
    return changed(draft -> draft.held = services);
  }

  Recreate recreate(String service) {
    return targets.isEmpty() || targets.contains(service) ? recreate : recreateDependencies;
  }

  private UpOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new UpOptions(
        draft.targets,
        draft.recreate,
        draft.recreateDependencies,
        draft.dependencies,
        draft.start,
        draft.removeOrphans,
        draft.ignoreOrphans,
        draft.renewAnonymousVolumes,
        draft.timeout,
        draft.awaitUp,
        draft.scale,
        draft.held);
  }

  /** What the methods above change, one or a few at a time. */
  private static final class Draft {
    private Set<String> targets;
    private Recreate recreate;
    private Recreate recreateDependencies;
    private boolean dependencies;
    private boolean start;
    private boolean removeOrphans;
    private boolean ignoreOrphans;
    private boolean renewAnonymousVolumes;
    private @Nullable Duration timeout;
    private boolean awaitUp;
    private Map<String, Integer> scale;
    private Set<String> held;

    Draft(UpOptions options) {
      targets = options.targets;
      recreate = options.recreate;
      recreateDependencies = options.recreateDependencies;
      dependencies = options.dependencies;
      start = options.start;
      removeOrphans = options.removeOrphans;
      ignoreOrphans = options.ignoreOrphans;
      renewAnonymousVolumes = options.renewAnonymousVolumes;
      timeout = options.timeout;
      awaitUp = options.awaitUp;
      scale = options.scale;
      held = options.held;
    }
  }
}
