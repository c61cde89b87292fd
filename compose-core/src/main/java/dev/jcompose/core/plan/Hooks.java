package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import org.jspecify.annotations.Nullable;

/** Puts a service's hooks around the starts and stops of its containers (compose facts 3.20). */
final class Hooks {
  private Hooks() {}

  /** Follows a start with what is to run after it; dependents wait for that too. */
  static PlanBuilder.Draft afterStart(
      PlanBuilder plan,
      @Nullable DesiredService service,
      ContainerRef container,
      PlanBuilder.Draft start) {
    PlanBuilder.Draft last = start;
    if (service != null) {
      for (ExecHook hook : service.postStart()) {
        last =
            plan.chain(
                last, plan.add(new Action.RunHook(container, hook), "the container starts"), true);
      }
    }
    return last;
  }

  /**
   * Precedes a stop with what is to run before it; if that fails, the stop is done all the same.
   */
  static PlanBuilder.Draft beforeStop(
      PlanBuilder plan,
      @Nullable DesiredService service,
      ContainerView container,
      PlanBuilder.Draft stop) {
    if (service == null || container.status() != ContainerStatus.RUNNING) {
      return stop;
    }
    PlanBuilder.Draft last = null;
    for (ExecHook hook : service.preStop()) {
      PlanBuilder.Draft run =
          plan.add(
              new Action.RunHook(ContainerRef.existing(container), hook), "the container stops");
      last = last == null ? run : plan.chain(last, run, true);
    }
    return last == null ? stop : plan.chain(last, stop, false);
  }
}
