package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.project.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans the verbs that change existing containers and make none: start, stop, restart, kill, pause,
 * unpause, rm.
 */
public final class LifecyclePlanner {
  private static final String CAUSE = "it was asked for";

  private final ObservedState observed;
  private final @Nullable DesiredState desired;
  private final LifecycleOptions options;
  private final ServiceOrder order;
  private final PlanBuilder plan = new PlanBuilder();
  private final Map<String, List<ContainerView>> replicas;

  /** Services of which something runs, or will when it is started. */
  private final Set<String> prepared = new HashSet<>();

  /** By service, what is done once before its first container starts. */
  private final Map<String, PlanBuilder.Draft> preparations = new HashMap<>();

  /** Planning over existing containers; {@code desired} is null when there is no Compose file. */
  public LifecyclePlanner(
      ObservedState observed, @Nullable DesiredState desired, LifecycleOptions options) {
    this.observed = observed;
    this.desired = desired;
    this.options = options;
    this.order = new ServiceOrder(observed, desired);
    this.replicas = observed.replicas();
  }

  /** Starts one container that was made and held back. */
  public static Plan startHeld(DesiredService service, String container) {
    PlanBuilder plan = new PlanBuilder();
    ContainerRef ref = ContainerRef.made(container);
    PlanBuilder.Draft start = plan.add(new Action.StartContainer(ref), "it is to run once");
    Hooks.afterStart(plan, service, ref, start);
    return plan.build();
  }

  /** Starts what does not run, dependencies first and their conditions met. */
  public Plan start() {
    Set<String> chosen =
        options.services().isEmpty()
            ? replicas.keySet()
            : options.dependencies() ? order.withNeeds(options.services()) : options.services();
    Map<String, List<PlanBuilder.Draft>> starts = new HashMap<>();
    for (String service : chosen) {
      if (containers(service).stream().anyMatch(container -> container.status().up())) {
        prepared.add(service);
      }
      for (ContainerView container : containers(service)) {
        if (!container.status().up()) {
          PlanBuilder.Draft started = start(container);
          starts.computeIfAbsent(service, name -> new ArrayList<>()).add(started);
        }
      }
    }
    Map<String, PlanBuilder.Draft> waits = new HashMap<>();
    starts.forEach(
        (service, drafts) ->
            order
                .needsOf(service)
                .forEach(
                    (name, dependency) -> {
                      if (chosen.contains(name)) {
                        await(drafts, service, name, dependency, starts, waits);
                      }
                    }));
    if (options.awaitUp()) {
      for (String service : chosen) {
        for (ContainerView container : containers(service)) {
          plan.add(new Action.AwaitUp(ContainerRef.existing(container)), "it was asked to wait")
              .after(starts.getOrDefault(service, List.of()));
        }
      }
    }
    return plan.build();
  }

  private void await(
      List<PlanBuilder.Draft> dependents,
      String service,
      String needed,
      Dependency dependency,
      Map<String, List<PlanBuilder.Draft>> starts,
      Map<String, PlanBuilder.Draft> waits) {
    List<PlanBuilder.Draft> started = starts.getOrDefault(needed, List.of());
    List<PlanBuilder.Draft> conditions = new ArrayList<>();
    if (dependency.condition() == Dependency.Condition.SERVICE_STARTED) {
      conditions.addAll(started);
    } else {
      for (ContainerView container : containers(needed)) {
        boolean healthy = dependency.condition() == Dependency.Condition.SERVICE_HEALTHY;
        if (healthy && started.isEmpty() && container.health() == Health.HEALTHY) {
          continue;
        }
        ContainerRef ref = ContainerRef.existing(container);
        PlanBuilder.Draft wait =
            waits.computeIfAbsent(
                container.id() + healthy,
                key ->
                    plan.add(
                        healthy ? new Action.AwaitHealthy(ref) : new Action.AwaitCompleted(ref),
                        "service " + service + " needs it"));
        conditions.add(wait.after(started));
      }
    }
    for (PlanBuilder.Draft dependent : dependents) {
      conditions.forEach(condition -> dependent.after(condition, dependency.required()));
    }
  }

  /** Stops what runs, dependents first. */
  public Plan stop() {
    Map<String, List<PlanBuilder.Draft>> stops = new LinkedHashMap<>();
    for (String service : chosen()) {
      for (ContainerView container : containers(service)) {
        if (container.status().up()) {
          stops.computeIfAbsent(service, name -> new ArrayList<>()).add(stop(container));
        }
      }
    }
    dependentsFirst(stops);
    return plan.build();
  }

  /** Restarts, and with them the dependents that ask for it, dependencies first. */
  public Plan restart() {
    Map<String, List<PlanBuilder.Draft>> restarts = new LinkedHashMap<>();
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen().forEach(service -> chosen.put(service, CAUSE));
    if (options.dependencies()) {
      List<String> open = new ArrayList<>(chosen.keySet());
      while (!open.isEmpty()) {
        String service = open.removeLast();
        order
            .dependentsOf(service)
            .forEach(
                (dependent, dependency) -> {
                  String cause = "service " + service + " is restarted";
                  if (dependency.restart() && chosen.putIfAbsent(dependent, cause) == null) {
                    open.add(dependent);
                  }
                });
      }
    }
    chosen.forEach(
        (service, cause) -> {
          for (ContainerView container : containers(service)) {
            restarts
                .computeIfAbsent(service, name -> new ArrayList<>())
                .add(restart(container, cause));
          }
        });
    restarts.forEach(
        (service, drafts) ->
            order
                .needsOf(service)
                .forEach(
                    (needed, dependency) -> {
                      if (dependency.restart()) {
                        for (PlanBuilder.Draft draft : drafts) {
                          restarts.getOrDefault(needed, List.of()).forEach(draft::after);
                        }
                      }
                    }));
    return plan.build();
  }

  /**
   * Sends the signal to everything that runs; what no service of the file has is left alone, or
   * removed.
   */
  public Plan kill(boolean removeOrphans) {
    for (ContainerView container : existing()) {
      if (isOrphan(container)) {
        if (removeOrphans) {
          plan.add(
              new Action.RemoveContainer(
                  ContainerRef.existing(container), container.status().up(), false),
              "service " + container.label(Labels.SERVICE) + " is not in the file");
        }
      } else if (container.status().up()) {
        plan.add(
            new Action.KillContainer(ContainerRef.existing(container), options.signal()), CAUSE);
      }
    }
    return plan.build();
  }

  private boolean isOrphan(ContainerView container) {
    DesiredState file = desired;
    String service = container.label(Labels.SERVICE);
    return file != null && !file.known().contains(service) && !options.services().contains(service);
  }

  public Plan pause() {
    for (ContainerView container : existing()) {
      if (container.status() == ContainerStatus.RUNNING) {
        plan.add(new Action.PauseContainer(ContainerRef.existing(container)), CAUSE);
      }
    }
    return plan.build();
  }

  public Plan unpause() {
    for (ContainerView container : existing()) {
      if (container.status() == ContainerStatus.PAUSED) {
        plan.add(new Action.UnpauseContainer(ContainerRef.existing(container)), CAUSE);
      }
    }
    return plan.build();
  }

  /**
   * Removes stopped containers, one-offs among them.
   *
   * @param stopFirst whether running ones are stopped for it; else they stay
   */
  public Plan remove(boolean stopFirst) {
    Map<String, List<PlanBuilder.Draft>> stops = new LinkedHashMap<>();
    for (ContainerView container : observed.containers()) {
      String service = container.label(Labels.SERVICE);
      if (!options.services().isEmpty() && !options.services().contains(service)) {
        continue;
      }
      ContainerRef ref = ContainerRef.existing(container);
      PlanBuilder.Draft stop = null;
      if (container.status().up()) {
        if (!stopFirst) {
          continue;
        }
        stop = stop(container);
        stops.computeIfAbsent(service, name -> new ArrayList<>()).add(stop);
      }
      plan.add(new Action.RemoveContainer(ref, false, options.volumes()), CAUSE).after(stop);
    }
    dependentsFirst(stops);
    return plan.build();
  }

  private PlanBuilder.Draft start(ContainerView container) {
    ContainerRef ref = ContainerRef.existing(container);
    DesiredService service = service(container);
    String name = container.label(Labels.SERVICE);
    PlanBuilder.Draft once = preparations.get(name);
    PlanBuilder.Draft last =
        Hooks.beforeStart(plan, service, ref, prepared.add(name), observed, image -> null);
    PlanBuilder.Draft start = plan.add(new Action.StartContainer(ref), Causes.down(container));
    if (last != null) {
      preparations.putIfAbsent(name, last);
      start = plan.chain(last, start, true);
    }
    return Hooks.afterStart(plan, service, ref, start.after(once));
  }

  private PlanBuilder.Draft stop(ContainerView container) {
    return Hooks.beforeStop(
        plan,
        service(container),
        container,
        plan.add(
            new Action.StopContainer(ContainerRef.existing(container), options.timeout()), CAUSE));
  }

  private PlanBuilder.Draft restart(ContainerView container, String cause) {
    ContainerRef ref = ContainerRef.existing(container);
    PlanBuilder.Draft restart =
        Hooks.beforeStop(
            plan,
            service(container),
            container,
            plan.add(new Action.RestartContainer(ref, options.timeout()), cause));
    return Hooks.afterStart(plan, service(container), ref, restart);
  }

  private @Nullable DesiredService service(ContainerView container) {
    DesiredState file = desired;
    return file == null ? null : file.services().get(container.label(Labels.SERVICE));
  }

  private void dependentsFirst(Map<String, List<PlanBuilder.Draft>> stops) {
    stops.forEach(
        (service, drafts) ->
            order
                .dependentsOf(service)
                .keySet()
                .forEach(
                    dependent -> {
                      if (!dependent.equals(service)) {
                        for (PlanBuilder.Draft draft : drafts) {
                          stops
                              .getOrDefault(dependent, List.of())
                              .forEach(other -> draft.after(other, false));
                        }
                      }
                    }));
  }

  private Set<String> chosen() {
    return options.services().isEmpty() ? replicas.keySet() : options.services();
  }

  private List<ContainerView> existing() {
    return chosen().stream().flatMap(service -> containers(service).stream()).toList();
  }

  private List<ContainerView> containers(String service) {
    return replicas.getOrDefault(service, List.of());
  }
}
