package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.desired.InitContainer;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a service's hooks around the starts and stops of its containers (compose facts 3.20). */
final class Hooks {
  private Hooks() {}

  /**
   * Plans the containers that are to run to their end before a replica starts. Chained before the
   * start, whatever that waits for, the first of them waits for.
   *
   * @return the last of it; null when there is nothing
   * @param service null when it is not known
   * @param isFirst whether no replica runs yet; else only what is for each replica runs
   * @param observed says what earlier attempts left behind
   * @param images what makes an image be here, by its reference
   */
  static PlanBuilder.@Nullable Draft beforeStart(
      PlanBuilder plan,
      @Nullable DesiredService service,
      ContainerRef container,
      boolean isFirst,
      ObservedState observed,
      Function<String, PlanBuilder.@Nullable Draft> images) {
    PlanBuilder.Draft last = null;
    int number = 0;
    for (InitContainer hook : service == null ? List.<InitContainer>of() : service.preStart()) {
      number++;
      if (!isFirst && !hook.perReplica()) {
        continue;
      }
      String name = container.name() + "-" + Labels.PRE_START + "-" + number;
      ContainerRef helper = ContainerRef.made(name);
      String cause = "container " + container + " starts";
      ContainerSpec spec =
          hook.template()
              .withName(name)
              .withStorage(
                  hook.template()
                      .storage()
                      .withVolumesFrom(List.of("container:" + container.name())));
      PlanBuilder.Draft create =
          plan.add(new Action.CreateContainer(helper, spec, null), cause)
              .after(images.apply(spec.image()));
      for (ContainerView left : observed.helpers()) {
        if (left.name().equals(name)) {
          create.after(
              plan.add(
                  new Action.RemoveContainer(ContainerRef.existing(left), true, true),
                  "it is left of an attempt that failed"));
        }
      }
      last = last == null ? create : plan.chain(last, create, true);
      last = plan.chain(last, plan.add(new Action.StartContainer(helper), cause), true);
      last = plan.chain(last, plan.add(new Action.AwaitHook(helper), cause), true);
      last =
          plan.chain(last, plan.add(new Action.RemoveContainer(helper, false, true), cause), true);
    }
    return last;
  }

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
