package dev.jcompose.core.plan;

import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.project.Dependency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the starts of containers and the waiting for what they depend on. */
final class StartPlanner {
  private final ObservedState observed;
  private final UpOptions options;
  private final PlanBuilder plan;
  private final Map<String, Decision> decisions;
  private final Departing departing;
  private final Map<String, PlanBuilder.Draft> pulls;

  /** By service, what is done once before its first container starts. */
  private final Map<String, PlanBuilder.Draft> prepared = new HashMap<>();

  StartPlanner(
      ObservedState observed,
      UpOptions options,
      PlanBuilder plan,
      Map<String, Decision> decisions,
      Departing departing,
      Map<String, PlanBuilder.Draft> pulls) {
    this.observed = observed;
    this.options = options;
    this.plan = plan;
    this.decisions = decisions;
    this.departing = departing;
    this.pulls = pulls;
  }

  /** Services come in the order of their needs, so what a start waits for is planned already. */
  void plan() {
    for (Decision decision : decisions.values()) {
      for (Replica replica : decision.replicas()) {
        start(replica);
      }
    }
    if (options.awaitUp()) {
      awaitAll();
    }
  }

  private void start(Replica replica) {
    if (options.held().contains(replica.service.name())) {
      hold(replica);
      return;
    }
    ContainerView view = replica.existing;
    PlanBuilder.Draft draft;
    if (view == null || replica.isMade()) {
      draft = plan.add(new Action.StartContainer(replica.container), "it is new");
    } else if (replica.stopped != null) {
      draft = plan.add(new Action.StartContainer(replica.container), "it was stopped for a change");
    } else if (view.status() == ContainerStatus.PAUSED) {
      draft = plan.add(new Action.UnpauseContainer(replica.container), "it is paused");
    } else if (!view.status().up()) {
      draft = plan.add(new Action.StartContainer(replica.container), Causes.down(view));
    } else {
      return;
    }
    PlanBuilder.Draft started = draft;
    if (draft.action() instanceof Action.StartContainer) {
      started =
          Hooks.afterStart(plan, replica.service, replica.container, prepared(replica, draft));
    }
    PlanBuilder.Draft begun = started;
    replica.started = begun;
    begun
        .after(replica.ready)
        .after(replica.startsFirst ? null : replica.stopped)
        .after(departing.holders(replica.service.template().networking().ports()));
    replica
        .service
        .dependencies()
        .forEach((name, dependency) -> await(begun, replica.service.name(), name, dependency));
  }

  /** What is done once for all replicas is done before the first starts, and none run yet. */
  private PlanBuilder.Draft prepared(Replica replica, PlanBuilder.Draft start) {
    if (replica.service.preStart().isEmpty()) {
      return start;
    }
    String service = replica.service.name();
    PlanBuilder.Draft once = prepared.get(service);
    boolean isFirst = once == null && !runsAlready(service);
    PlanBuilder.Draft last =
        Hooks.beforeStart(plan, replica.service, replica.container, isFirst, observed, pulls::get);
    if (isFirst && last != null) {
      prepared.put(service, last);
    }
    return (last == null ? start : plan.chain(last, start, true)).after(once);
  }

  private boolean runsAlready(String service) {
    Decision decision = decisions.get(service);
    return decision != null
        && decision.replicas().stream()
            .anyMatch(other -> !other.isMade() && other.stopped == null && other.running() != null);
  }

  private void await(
      PlanBuilder.Draft start, String dependent, String name, Dependency dependency) {
    Decision needed = decisions.get(name);
    if (needed == null) {
      return;
    }
    for (Replica replica : needed.replicas()) {
      start.after(condition(replica, dependent, dependency), dependency.required());
    }
  }

  private PlanBuilder.@Nullable Draft condition(
      Replica needed, String dependent, Dependency dependency) {
    return switch (dependency.condition()) {
      case SERVICE_STARTED -> needed.started;
      case SERVICE_HEALTHY -> healthy(needed, dependent);
      case SERVICE_COMPLETED_SUCCESSFULLY -> completed(needed, dependent);
    };
  }

  /** Somebody else starts it; the plan ends when it may be. What is not required is not awaited. */
  private void hold(Replica replica) {
    replica
        .service
        .dependencies()
        .forEach(
            (name, dependency) -> {
              Decision needed = decisions.get(name);
              if (needed != null && dependency.required()) {
                needed
                    .replicas()
                    .forEach(each -> condition(each, replica.service.name(), dependency));
              }
            });
  }

  private PlanBuilder.@Nullable Draft healthy(Replica replica, String dependent) {
    ContainerView view = replica.existing;
    boolean alreadySo = replica.started == null && view != null && view.health() == Health.HEALTHY;
    if (replica.healthy == null && !alreadySo) {
      replica.healthy =
          plan.add(
                  new Action.AwaitHealthy(replica.container),
                  "service " + dependent + " needs it healthy")
              .after(replica.started);
    }
    return replica.healthy;
  }

  private PlanBuilder.Draft completed(Replica replica, String dependent) {
    PlanBuilder.Draft draft = replica.completed;
    if (draft == null) {
      draft =
          plan.add(
                  new Action.AwaitCompleted(replica.container),
                  "service " + dependent + " needs it completed")
              .after(replica.started);
      replica.completed = draft;
    }
    return draft;
  }

  /**
   * Compose facts 3.21: what others need completed is waited for till its end, the rest till up.
   */
  private void awaitAll() {
    Set<String> tasks = new HashSet<>();
    for (Decision decision : decisions.values()) {
      decision
          .service()
          .dependencies()
          .forEach(
              (name, dependency) -> {
                if (dependency.condition() == Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY) {
                  tasks.add(name);
                }
              });
    }
    for (Decision decision : decisions.values()) {
      for (Replica replica : decision.replicas()) {
        if (tasks.contains(decision.service().name())) {
          completed(replica, "the user");
        } else if (replica.healthy == null && !isUp(replica)) {
          plan.add(new Action.AwaitUp(replica.container), "it was asked to wait")
              .after(replica.started);
        }
      }
    }
  }

  private boolean isUp(Replica replica) {
    ContainerView view = replica.existing;
    if (replica.started != null || view == null) {
      return false;
    }
    boolean probed =
        Healthchecks.has(
            replica.service, observed.images().get(replica.service.image().reference()));
    return view.health() == Health.HEALTHY || (view.health() == Health.NONE && !probed);
  }
}
