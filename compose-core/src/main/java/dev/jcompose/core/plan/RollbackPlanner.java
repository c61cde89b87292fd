package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.project.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans how the services whose update failed get their old containers back, where {@code
 * deploy.update_config.failure_action} is {@code rollback}. The update keeps the old containers
 * until all new ones are well, so a new one beside the old one it replaces means that it failed.
 */
public final class RollbackPlanner {
  private final DesiredState desired;
  private final ObservedState now;
  private final Map<String, ContainerView> before = new HashMap<>();
  private final PlanBuilder plan = new PlanBuilder();

  private RollbackPlanner(DesiredState desired, ObservedState before, ObservedState now) {
    this.desired = desired;
    this.now = now;
    before.containers().forEach(container -> this.before.put(container.id(), container));
  }

  /**
   * Makes the plan; it is empty when no update failed that is to be rolled back.
   *
   * @param before what there was when the update began
   * @param now what it left behind
   */
  public static Plan plan(DesiredState desired, ObservedState before, ObservedState now) {
    return new RollbackPlanner(desired, before, now).plan();
  }

  private Plan plan() {
    Map<String, List<PlanBuilder.Draft>> back = new LinkedHashMap<>();
    Map<String, List<ContainerView>> all = now.replicas();
    all.forEach(
        (name, containers) -> {
          DesiredService service = desired.services().get(name);
          if (service != null && service.rollsBack() && isHalfDone(containers)) {
            back.put(name, bringBack(service, containers));
          }
        });
    all.forEach((name, containers) -> startDependents(name, containers, back));
    return plan.build();
  }

  private boolean isHalfDone(List<ContainerView> containers) {
    return containers.stream()
        .anyMatch(
            made ->
                !before.containsKey(made.id())
                    && !made.label(Labels.REPLACES).isEmpty()
                    && containers.stream().anyMatch(old -> isOld(old, made)));
  }

  private boolean isOld(ContainerView container, ContainerView made) {
    return before.containsKey(container.id())
        && ObservedState.number(container) == ObservedState.number(made);
  }

  private List<PlanBuilder.Draft> bringBack(
      DesiredService service, List<ContainerView> containers) {
    String cause = "the update of service " + service.name() + " failed";
    List<PlanBuilder.Draft> removals = new ArrayList<>();
    for (ContainerView made : containers) {
      if (!before.containsKey(made.id())) {
        ContainerRef container = ContainerRef.existing(made);
        PlanBuilder.Draft stop = null;
        if (made.status().up()) {
          stop = plan.add(new Action.StopContainer(container, null), cause);
          Hooks.beforeStop(plan, service, made, stop);
        }
        removals.add(
            plan.add(new Action.RemoveContainer(container, false, false), cause).after(stop));
      }
    }
    List<PlanBuilder.Draft> starts = new ArrayList<>();
    for (ContainerView old : containers) {
      if (ranBefore(old)) {
        PlanBuilder.Draft start =
            plan.add(new Action.StartContainer(ContainerRef.existing(old)), cause);
        // New ones may hold its port, and hold its place until they are gone.
        starts.add(
            Hooks.afterStart(plan, service, ContainerRef.existing(old), start).after(removals));
      }
    }
    plan.warn(cause + ", so its old containers are back; mend it and run up again");
    return starts;
  }

  /** What stopped because a service it needs was to be replaced starts again, too. */
  private void startDependents(
      String name, List<ContainerView> containers, Map<String, List<PlanBuilder.Draft>> back) {
    DesiredService service = desired.services().get(name);
    if (service == null || back.containsKey(name)) {
      return;
    }
    for (Map.Entry<String, Dependency> need : service.dependencies().entrySet()) {
      List<PlanBuilder.Draft> starts = back.get(need.getKey());
      if (starts == null || !need.getValue().restart()) {
        continue;
      }
      for (ContainerView container : containers) {
        if (ranBefore(container)) {
          ContainerRef ref = ContainerRef.existing(container);
          PlanBuilder.Draft start =
              plan.add(
                  new Action.StartContainer(ref),
                  "it stopped for service " + need.getKey() + ", which is back");
          Hooks.afterStart(plan, service, ref, start).after(starts);
        }
      }
      return;
    }
  }

  private boolean ranBefore(ContainerView container) {
    ContainerView earlier = before.get(container.id());
    return earlier != null && earlier.status().up() && !container.status().up();
  }
}
