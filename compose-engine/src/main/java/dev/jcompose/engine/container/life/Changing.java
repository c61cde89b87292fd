package dev.jcompose.engine.container.life;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.create.NameMaker;
import dev.jcompose.engine.container.create.SpecCheck;
import dev.jcompose.engine.container.launch.LimitsOf;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.start.Endpoints;
import dev.jcompose.engine.container.start.Launching;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.runtime.LaunchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes containers in place: names, limits, networks, frozen or not. */
final class Changing {
  private final Surroundings around;
  private final ContainerTable table;
  private final Launching launching;

  Changing(Surroundings around, ContainerTable table) {
    this.around = around;
    this.table = table;
    this.launching = new Launching(around, table::get);
  }

  void pause(LiveContainer live) {
    live.lock().lock();
    try {
      String name = live.container().name();
      if (live.state().status() == Status.PAUSED) {
        throw new EngineException.Conflict("Container " + name + " is already paused");
      }
      around.runtime().pause(live.requireRun().launched());
      CrashPoint.PAUSE_FROZEN.reached();
      live.saveState(state -> state.withStatus(Status.PAUSED));
      live.tell("pause");
    } catch (LaunchException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      live.lock().unlock();
    }
  }

  void unpause(LiveContainer live) {
    live.lock().lock();
    try {
      if (live.state().status() != Status.PAUSED) {
        throw new EngineException.Conflict(
            "Container " + live.container().name() + " is not paused");
      }
      around.runtime().resume(live.requireRun().launched());
      CrashPoint.UNPAUSE_THAWED.reached();
      live.saveState(state -> state.withStatus(Status.RUNNING));
      live.tell("unpause");
    } catch (LaunchException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      live.lock().unlock();
    }
  }

  void rename(LiveContainer live, String newName) {
    String checked = NameMaker.check(newName);
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      if (checked.equals(container.name())) {
        throw new EngineException.InvalidRequest(
            "Renaming a container with the same name as its current name");
      }
      table.reserveName(checked, container.id());
      try (UndoStack undo = new UndoStack()) {
        undo.push("release the name", () -> table.releaseName(checked, container.id()));
        live.save(container.withName(checked));
        undo.keep();
      }
      renameOnNetworks(live, checked);
      table.releaseName(container.name(), container.id());
      live.tell("rename", "oldName", "/" + container.name());
    } finally {
      live.lock().unlock();
    }
  }

  private void renameOnNetworks(LiveContainer live, String name) {
    Run run = live.run();
    if (run == null) {
      return;
    }
    run.placed(run.leases().stream().map(lease -> around.networks().rename(lease, name)).toList());
    ContainerRecord container = live.container();
    List<Endpoint> endpoints = new ArrayList<>();
    for (Endpoint endpoint : container.endpoints()) {
      endpoints.add(
          run.leases().stream()
              .filter(lease -> lease.endpointId().equals(endpoint.endpointId()))
              .findFirst()
              .map(lease -> Endpoints.leased(endpoint, lease))
              .orElse(endpoint));
    }
    live.save(container.withNetworking(endpoints, container.ports()));
  }

  List<String> update(LiveContainer live, HostResources changes, @Nullable RestartPolicy policy) {
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      checkUpdate(container, changes, policy);
      HostResources merged = MergedLimits.of(container.spec().resources(), changes);
      List<String> warnings = SpecCheck.resources(merged);
      Run run = live.run();
      if (run != null && !merged.equals(container.spec().resources())) {
        around.runtime().update(run.launched(), LimitsOf.cgroup(merged));
      }
      live.save(
          container.withSpec(
              container
                  .spec()
                  .withLimits(merged, policy == null ? container.spec().restartPolicy() : policy)));
      live.tell("update");
      return warnings;
    } catch (LaunchException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      live.lock().unlock();
    }
  }

  private static void checkUpdate(
      ContainerRecord container, HostResources changes, @Nullable RestartPolicy policy) {
    long both = container.spec().resources().memory().swap();
    if (both > 0 && changes.memory().limit() > both && changes.memory().swap() == 0) {
      throw new EngineException.Conflict(
          "Memory limit should be smaller than already set memoryswap limit, update the memoryswap"
              + " at the same time");
    }
    if (policy != null && policy.name() != RestartPolicy.Name.NO && container.spec().autoRemove()) {
      throw new EngineException.Conflict(
          "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }
  }

  void connect(LiveContainer live, String network, NetworkSettings.Attachment attachment) {
    String name = around.networks().get(network).name();
    SpecCheck.attachment(name, attachment);
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      if (container.endpoints().stream().anyMatch(e -> e.network().equals(name))) {
        throw new EngineException.Forbidden(
            "endpoint with name " + container.name() + " already exists in network " + name);
      }
      String mode = container.spec().network().mode();
      if (mode.equals("host") || mode.startsWith("container:")) {
        throw new EngineException.InvalidRequest(
            "container sharing network namespace with another container or host cannot be"
                + " connected to any other network");
      }
      Endpoint wanted = Endpoint.wanted(name, attachment);
      List<Endpoint> endpoints = new ArrayList<>(container.endpoints());
      endpoints.removeIf(endpoint -> endpoint.network().equals("none"));
      Run run = live.run();
      if (run == null) {
        endpoints.add(wanted);
        live.save(container.withNetworking(endpoints, container.ports()));
        return;
      }
      try (UndoStack undo = new UndoStack()) {
        EndpointLease lease =
            around.networks().reserve(name, Endpoints.request(container, wanted, false));
        undo.push("leave " + name, () -> around.networks().disconnect(lease));
        CrashPoint.CONNECT_ADDRESS_RESERVED.reached();
        around.networks().connect(run.launched().networkNamespace(), List.of(lease));
        CrashPoint.CONNECT_PLUGGED.reached();
        endpoints.add(Endpoints.leased(wanted, lease));
        live.save(container.withNetworking(endpoints, container.ports()));
        CrashPoint.CONNECT_RECORD_WRITTEN.reached();
        run.joined(lease);
        undo.keep();
        launching.tellNetwork(live, "connect", lease);
      }
    } finally {
      live.lock().unlock();
    }
  }

  void disconnect(LiveContainer live, String network) {
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      String name = nameOf(network, container);
      List<Endpoint> endpoints = new ArrayList<>(container.endpoints());
      if (!endpoints.removeIf(endpoint -> endpoint.network().equals(name))) {
        throw new EngineException.Forbidden(
            "container " + container.id() + " is not connected to network " + name);
      }
      try (UndoStack undo = new UndoStack()) {
        // Noted first: an engine that starts after a crash removes the link that nobody is noted
        // for.
        undo.push("note that it is still connected", () -> live.save(container));
        live.save(container.withNetworking(endpoints, container.ports()));
        CrashPoint.DISCONNECT_RECORD_WRITTEN.reached();
        Run run = live.run();
        if (run != null) {
          for (EndpointLease lease : List.copyOf(run.leases())) {
            if (lease.networkName().equals(name)) {
              around.networks().disconnect(lease);
              CrashPoint.DISCONNECT_UNPLUGGED.reached();
              run.left(lease);
              launching.tellNetwork(live, "disconnect", lease);
            }
          }
        }
        undo.keep();
      }
    } finally {
      live.lock().unlock();
    }
  }

  // A container can be taken off a network that is already gone.
  private String nameOf(String network, ContainerRecord container) {
    for (Endpoint endpoint : container.endpoints()) {
      if (endpoint.network().equals(network) || endpoint.networkId().equals(network)) {
        return endpoint.network();
      }
    }
    return around.networks().get(network).name();
  }
}
