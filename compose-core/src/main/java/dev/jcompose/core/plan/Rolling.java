package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.port.spec.PortSpec;
import dev.jcompose.core.project.deploy.UpdateConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has the containers of a service replaced some at a time, as {@code deploy.update_config} says.
 * Without it, and for what is not started, all are replaced at once.
 */
final class Rolling {
  private static final String CAUSE = "others are replaced when it is well";

  private final PlanBuilder plan;

  Rolling(PlanBuilder plan) {
    this.plan = plan;
  }

  /** Whether new containers are up before old ones stop. Two cannot hold one port of the host. */
  static boolean startsFirst(DesiredService service) {
    UpdateConfig update = service.update();
    return update != null && update.startFirst() && !holdsPort(service);
  }

  private static boolean holdsPort(DesiredService service) {
    for (PortSpec port : service.template().networking().ports()) {
      if (!port.hostPort().isEmpty() && !port.hostPort().equals("0")) {
        return true;
      }
    }
    return false;
  }

  /** Orders the replacements of a service whose starts are planned already. */
  void order(Decision decision) {
    DesiredService service = decision.service();
    UpdateConfig update = service.update();
    if (update == null || !decision.replacesAny()) {
      return;
    }
    if (decision.replicas().stream().anyMatch(replica -> replica.stepsAside)) {
      plan.warn(
          "service "
              + service.name()
              + ": its network is made anew, so all its containers are replaced at once and none"
              + " can be brought back");
      return;
    }
    if (update.startFirst() && holdsPort(service)) {
      plan.warn(
          "service "
              + service.name()
              + ": two containers cannot hold one port of this machine, so the old ones stop before"
              + " the new ones start; publish no fixed port for start-first");
    }
    List<Replica> replaced =
        decision.replicas().stream()
            .filter(replica -> replica.replaced != null && replica.started != null)
            .toList();
    int size = update.parallelism() == 0 ? replaced.size() : update.parallelism();
    List<PlanBuilder.Draft> before = List.of();
    List<PlanBuilder.Draft> all = new ArrayList<>();
    for (int from = 0; from < replaced.size(); from += size) {
      List<PlanBuilder.Draft> done = new ArrayList<>();
      for (Replica replica : replaced.subList(from, Math.min(from + size, replaced.size()))) {
        for (PlanBuilder.Draft earlier : before) {
          begin(replica.created, earlier, update);
          begin(replica.stopped, earlier, update);
        }
        PlanBuilder.Draft well = well(replica, update);
        if (replica.startsFirst && replica.stopped != null) {
          replica.stopped.after(well);
        }
        done.add(well);
      }
      before = done;
      all.addAll(done);
    }
    for (Replica replica : replaced) {
      if (replica.keepsOld && replica.removed != null) {
        replica.removed.after(all);
      }
    }
  }

  private static void begin(
      PlanBuilder.@Nullable Draft step, PlanBuilder.Draft earlier, UpdateConfig update) {
    if (step != null) {
      step.after(earlier, !update.goesOn());
    }
  }

  private PlanBuilder.Draft well(Replica replica, UpdateConfig update) {
    PlanBuilder.Draft up =
        plan.add(new Action.AwaitUp(replica.container), CAUSE).after(replica.started);
    return update.settling().isZero()
        ? up
        : plan.add(new Action.AwaitStable(replica.container, update.settling()), CAUSE).after(up);
  }
}
