package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.project.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the creation, replacement and removal of containers; starts are left to another. */
final class ContainerPlanner {
  private final DesiredState desired;
  private final ObservedState observed;
  private final UpOptions options;
  private final PlanBuilder plan;
  private final ResourcePlanner resources;
  private final Map<String, Decision> decisions;
  private final Map<String, PlanBuilder.Draft> pulls;
  private final Departing departing = new Departing();

  ContainerPlanner(
      DesiredState desired,
      ObservedState observed,
      UpOptions options,
      PlanBuilder plan,
      ResourcePlanner resources,
      Map<String, Decision> decisions,
      Map<String, PlanBuilder.Draft> pulls) {
    this.desired = desired;
    this.observed = observed;
    this.options = options;
    this.plan = plan;
    this.resources = resources;
    this.decisions = decisions;
    this.pulls = pulls;
  }

  void plan() {
    orphans();
    for (Decision decision : decisions.values()) {
      for (Decision.Surplus surplus : decision.surplus()) {
        remove(surplus.container(), surplus.cause());
      }
    }
    for (Decision decision : decisions.values()) {
      for (Replica replica : decision.replicas()) {
        if (replica.isMade()) {
          create(replica);
        } else {
          complete(replica);
          adjust(replica);
        }
      }
    }
    for (Decision decision : decisions.values()) {
      replace(decision);
    }
    leaveRenewedNetworks();
    if (options.start()) {
      new StartPlanner(observed, options, plan, decisions, departing, pulls).plan();
      Rolling rolling = new Rolling(plan);
      decisions.values().forEach(rolling::order);
    }
  }

  private void orphans() {
    Map<String, ContainerView> orphans = new LinkedHashMap<>();
    observed
        .replicas()
        .forEach(
            (service, containers) -> {
              if (!desired.known().contains(service)) {
                containers.forEach(container -> orphans.put(container.name(), container));
              }
            });
    for (ContainerView oneOff : observed.oneOffs()) {
      if (oneOff.status() == ContainerStatus.EXITED || oneOff.status() == ContainerStatus.DEAD) {
        orphans.put(oneOff.name(), oneOff);
      }
    }
    if (options.removeOrphans()) {
      orphans
          .values()
          .forEach(
              orphan ->
                  remove(
                      orphan,
                      ObservedState.isOneOff(orphan)
                          ? "it ran once and is over"
                          : "service " + orphan.label(Labels.SERVICE) + " is not in the file"));
    } else if (!orphans.isEmpty() && !options.ignoreOrphans()) {
      plan.warn(
          "containers of services that are not in the file: "
              + String.join(", ", orphans.keySet())
              + "; --remove-orphans removes them");
    }
  }

  private void remove(ContainerView view, String cause) {
    ContainerRef container = ContainerRef.existing(view);
    PlanBuilder.Draft stop = null;
    if (view.status().up()) {
      stop = plan.add(new Action.StopContainer(container, options.timeout()), cause);
      Hooks.beforeStop(plan, desired.services().get(view.label(Labels.SERVICE)), view, stop);
      departing.stops(view, stop);
    }
    PlanBuilder.Draft removal =
        plan.add(new Action.RemoveContainer(container, false, false), cause).after(stop);
    departing.removes(view, removal);
    for (EndpointView endpoint : view.endpoints()) {
      if (resources.renewedNetworks().contains(endpoint.network())) {
        PlanBuilder.Draft renewal = resources.removal(endpoint.network());
        if (renewal != null) {
          renewal.after(removal);
        }
      }
    }
  }

  private void create(Replica replica) {
    DesiredService service = replica.service;
    Map<String, String> parents = new HashMap<>();
    Set<PlanBuilder.Draft> needs = new LinkedHashSet<>();
    for (String name : service.parents()) {
      Decision parent = decisions.get(name);
      if (parent == null || parent.replicas().isEmpty()) {
        parents.put(name, outsideParent(name));
        continue;
      }
      Replica first = parent.replicas().getFirst();
      parents.put(name, first.container.name());
      add(needs, first.ready);
    }
    for (EndpointSpec endpoint : service.template().networking().endpoints()) {
      add(needs, resources.network(endpoint.network()));
    }
    for (MountSpec mount : service.template().storage().mounts()) {
      if (mount instanceof MountSpec.Volume volume && volume.name() != null) {
        add(needs, resources.volume(volume.name()));
      }
    }
    add(needs, pulls.get(service.image().reference()));
    service.template().storage().images().forEach(mount -> add(needs, pulls.get(mount.image())));
    ContainerSpec spec =
        ReplicaSpecs.of(replica, observed.images(), !options.renewAnonymousVolumes(), parents);
    add(needs, departing.removalOf(spec.name()));
    ContainerView old = replica.existing;
    PlanBuilder.Draft created =
        plan.add(
                new Action.CreateContainer(
                    replica.container, spec, old == null ? null : ContainerRef.existing(old)),
                replica.replaced == null ? "it does not exist" : replica.replaced)
            .after(needs);
    replica.created = created;
    replica.ready = created;
    if (!service.files().isEmpty()) {
      replica.ready =
          plan.add(
                  new Action.PutFiles(replica.container, service.files()),
                  "its configs and secrets are copied into it")
              .after(created);
    }
  }

  /** An operation that was interrupted may have left a container without its files or its name. */
  private void complete(Replica replica) {
    ContainerView view = replica.existing;
    if (view == null) {
      return;
    }
    if (view.status() == ContainerStatus.CREATED && !replica.service.files().isEmpty()) {
      replica.ready =
          plan.add(
              new Action.PutFiles(replica.container, replica.service.files()),
              "it was never started and may lack them");
    }
    if (!view.name().equals(replica.container.name())) {
      replica.ready =
          plan.add(
                  new Action.RenameContainer(replica.container, replica.container.name()),
                  "the container it replaced is gone")
              .after(replica.ready);
    }
  }

  private void adjust(Replica replica) {
    Adjustment adjustment = replica.adjustment;
    if (adjustment == null) {
      return;
    }
    if (adjustment.limits() != null) {
      ready(
          replica,
          plan.add(
              new Action.UpdateContainer(replica.container, adjustment.limits()),
              "its limits or its restart policy changed"));
    }
    for (EndpointSpec endpoint : adjustment.joins()) {
      List<String> aliases = new ArrayList<>();
      aliases.add(replica.container.name());
      aliases.addAll(endpoint.aliases());
      ready(
          replica,
          plan.add(
                  new Action.ConnectNetwork(replica.container, endpoint.withAliases(aliases)),
                  "its networks changed")
              .after(resources.network(endpoint.network())));
    }
    for (String network : adjustment.leaves()) {
      ready(
          replica,
          plan.add(
              new Action.DisconnectNetwork(replica.container, network), "its networks changed"));
    }
  }

  private static void ready(Replica replica, PlanBuilder.Draft step) {
    replica.ready = step.after(replica.ready);
  }

  /** A service that is not part of this operation still has its container, under its first name. */
  private String outsideParent(String service) {
    List<ContainerView> containers = observed.replicas().getOrDefault(service, List.of());
    return containers.isEmpty()
        ? desired.project() + desired.separator() + service + desired.separator() + "1"
        : containers.getFirst().name();
  }

  private static void add(Set<PlanBuilder.Draft> drafts, PlanBuilder.@Nullable Draft draft) {
    if (draft != null) {
      drafts.add(draft);
    }
  }

  /**
   * Compose facts 3.9: dependents with restart stop first, then old stops, goes, new is renamed.
   */
  private void replace(Decision decision) {
    if (!decision.replacesAny()) {
      return;
    }
    Set<PlanBuilder.Draft> dependents = new LinkedHashSet<>();
    if (options.start()) {
      String name = decision.service().name();
      for (Decision other : decisions.values()) {
        Dependency dependency = other.service().dependencies().get(name);
        if (dependency != null && dependency.restart()) {
          for (Replica replica : other.replicas()) {
            add(dependents, stop(replica, "service " + name + " is replaced"));
          }
        }
      }
    }
    for (Replica replica : decision.replicas()) {
      ContainerView old = replica.existing;
      if (replica.replaced == null || old == null) {
        continue;
      }
      replica.stepsAside =
          resources.renewedNetworks().stream().anyMatch(network -> isIn(old, network));
      boolean free = options.start() && !replica.stepsAside;
      replica.startsFirst = free && old.status().up() && Rolling.startsFirst(replica.service);
      replica.keepsOld =
          free && !options.held().contains(replica.service.name()) && replica.service.rollsBack();
      PlanBuilder.Draft stop = stop(replica, replica.replaced);
      if (stop != null) {
        stop.after(dependents);
      }
      PlanBuilder.Draft removal =
          plan.add(
                  new Action.RemoveContainer(ContainerRef.existing(old), false, false),
                  replica.replaced)
              .after(stop)
              .after(replica.ready);
      if (stop == null) {
        removal.after(dependents);
      }
      replica.removed = removal;
      String name = replica.container.name();
      PlanBuilder.Draft placed = removal;
      if (old.name().equals(name)) {
        placed =
            plan.add(
                    new Action.RenameContainer(replica.container, name),
                    "it takes the old one's place")
                .after(removal);
      }
      if (!replica.startsFirst && !replica.keepsOld) {
        replica.ready = placed;
      }
    }
  }

  /** Stops the existing container of a replica, once; null when it does not run. */
  private PlanBuilder.@Nullable Draft stop(Replica replica, String cause) {
    ContainerView running = replica.running();
    if (running == null || replica.stopped != null) {
      return replica.stopped;
    }
    PlanBuilder.Draft stop =
        plan.add(
            new Action.StopContainer(ContainerRef.existing(running), options.timeout()), cause);
    Hooks.beforeStop(plan, replica.service, running, stop);
    if (resources.renewedNetworks().stream().noneMatch(network -> isIn(running, network))) {
      // The old one runs until the new one is there, unless its network has to be freed for that.
      stop.after(replica.created);
    }
    replica.stopped = stop;
    departing.stops(running, stop);
    return stop;
  }

  /** Compose facts 3.9: containers are kept, but step aside while their network is made anew. */
  private void leaveRenewedNetworks() {
    for (String network : resources.renewedNetworks()) {
      PlanBuilder.Draft removal = resources.removal(network);
      PlanBuilder.Draft creation = resources.network(network);
      if (removal == null || creation == null) {
        continue;
      }
      String cause = "network " + network + " is made anew";
      for (Decision decision : decisions.values()) {
        for (Replica replica : decision.replicas()) {
          ContainerView view = replica.existing;
          if (view == null || !isIn(view, network)) {
            continue;
          }
          PlanBuilder.Draft stop = stop(replica, cause);
          PlanBuilder.Draft leaving =
              plan.add(new Action.DisconnectNetwork(ContainerRef.existing(view), network), cause)
                  .after(stop);
          removal.after(leaving);
          if (!replica.isMade()) {
            replica.ready = rejoin(replica, network, cause, creation);
          }
        }
      }
    }
  }

  private PlanBuilder.@Nullable Draft rejoin(
      Replica replica, String network, String cause, PlanBuilder.Draft creation) {
    for (EndpointSpec endpoint : replica.service.template().networking().endpoints()) {
      if (endpoint.network().equals(network)) {
        return plan.add(new Action.ConnectNetwork(replica.container, endpoint), cause)
            .after(creation)
            .after(replica.ready);
      }
    }
    return replica.ready;
  }

  private static boolean isIn(ContainerView view, String network) {
    return view.endpoints().stream().anyMatch(endpoint -> endpoint.network().equals(network));
  }
}
