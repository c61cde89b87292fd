package dev.jcompose.engine.container.start;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.BoundPort;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.launch.LaunchPlan;
import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.NamespacePlan;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.RunStreams;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.network.NetworkDriver;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.network.PortBinding;
import dev.jcompose.engine.network.PublishedPort;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Starts a container: everything that can be refused is done before a process exists, then the
 * process is made and waits at its gate, then the network comes in, then the gate opens. A step
 * that fails undoes all before it.
 */
public final class Launching {
  private final Surroundings around;
  private final LaunchPlan plan;
  private final EtcFiles etc;
  private final Function<String, ContainerRecord> containers;
  private final RunStreams streams;

  public Launching(Surroundings around, Function<String, ContainerRecord> containers) {
    this.around = around;
    this.containers = containers;
    this.plan = new LaunchPlan(around.state(), around.images(), containers);
    this.etc = new EtcFiles();
    this.streams = new RunStreams(around);
  }

  /**
   * Starts; the caller holds the container's lock and has seen that nothing of it runs.
   *
   * @return the run, already stored in the container
   * @throws EngineException when it cannot be started; the container's state then says why
   */
  public Run start(LiveContainer live) {
    ContainerState before = live.state();
    try (UndoStack undo = new UndoStack()) {
      Run run = launch(live, undo);
      undo.keep();
      return run;
    } catch (LaunchException e) {
      String message = String.valueOf(e.getMessage());
      failed(live, before, e.exitCode() == 125 ? 128 : e.exitCode(), message);
      if (e.exitCode() == 125) {
        throw new EngineException.Failed(message, e);
      }
      throw new EngineException.InvalidRequest(message, e);
    } catch (EngineException e) {
      failed(live, before, 128, String.valueOf(e.getMessage()));
      throw e;
    } catch (ImageException | IOException | RuntimeException e) {
      String message =
          "could not start container " + live.container().name() + ": " + e.getMessage();
      failed(live, before, 128, message);
      throw new EngineException.Failed(message, e);
    }
  }

  private static void failed(LiveContainer live, ContainerState old, int exitCode, String message) {
    Status status = old.startedAt() == null ? Status.CREATED : Status.EXITED;
    ContainerRecord bare =
        live.container()
            .withNetworking(
                live.container().endpoints().stream().map(Endpoints::released).toList(), List.of());
    live.save(
        bare.withState(
            new ContainerState(
                status,
                0,
                0,
                exitCode,
                message,
                old.startedAt(),
                old.finishedAt(),
                false,
                old.stoppedByHand(),
                null)));
  }

  private Run launch(LiveContainer live, UndoStack undo)
      throws LaunchException, ImageException, IOException {
    ContainerRecord container = live.container();
    Image image = around.images().resolve(container.imageId());
    prepareDirectories(live);
    CrashPoint.START_DIRECTORIES_MADE.reached();
    fillVolumes(live, image);
    CrashPoint.START_VOLUMES_FILLED.reached();

    List<EndpointLease> leases = reserve(container, undo);
    CrashPoint.START_ADDRESSES_RESERVED.reached();
    List<PublishedPort> ports = publish(container, leases, undo);
    CrashPoint.START_PORTS_PUBLISHED.reached();
    if (new NamespacePlan(container, containers, around.state()).networkOf() == null) {
      etc.write(container, live.paths(), leases);
    }
    LaunchSpec spec = plan.plan(container, image).keptIn(live.paths().exitRecord());
    // A runtime that refuses leaves words that nobody reads; its keeper must not wait for that.
    undo.push("let the keeper go", () -> Files.deleteIfExists(live.paths().exitRecord()));

    RunStreams.Pipes pipes = streams.open(live, undo);
    CrashPoint.START_PIPES_MADE.reached();
    Launched launched = around.runtime().create(spec);
    undo.push("discard process of " + container.id(), () -> around.runtime().discard(launched));
    Run run = new Run(launched, leases);
    streams.connect(live, run, pipes, undo);
    // Without a bridge there is nothing to plug in: the runtime has brought the loopback up.
    boolean bridged = leases.stream().anyMatch(l -> l.driver() == NetworkDriver.BRIDGE);
    if (bridged) {
      around.networks().connect(launched.networkNamespace(), leases);
    }
    CrashPoint.START_NETWORK_CONNECTED.reached();
    if (bridged) {
      undo.push("close names of " + container.id(), () -> closeDns(container.id()));
      around
          .networks()
          .openDns(container.id(), launched.networkNamespace(), Endpoints.dns(container));
    }

    CrashPoint.START_NAMES_OPENED.reached();
    // Stored before the gate opens: an engine that dies from here on finds the process again.
    live.save(running(container, launched, leases, ports));
    CrashPoint.START_RECORD_WRITTEN.reached();
    leases.forEach(lease -> tellNetwork(live, "connect", lease));
    around.runtime().start(launched);
    CrashPoint.LAUNCH_GATE_OPENED.reached();
    live.began(run);
    tellVolumes(live, "mount");
    live.tell("start");
    return run;
  }

  private void closeDns(String id) {
    around.networks().closeDns(id);
  }

  private void prepareDirectories(LiveContainer live) throws IOException {
    for (Path directory :
        List.of(
            live.paths().upper(), live.paths().work(), live.paths().merged(), live.paths().run())) {
      Files.createDirectories(directory);
    }
    if (live.container().spec().isolation().namespaces().ipc().equals("shareable")) {
      Files.createDirectories(live.paths().sharedMemory());
      Files.setAttribute(live.paths().sharedMemory(), "unix:mode", 01777);
    }
  }

  private void fillVolumes(LiveContainer live, Image image) {
    ContainerRecord container = live.container();
    for (MountPoint point : container.mounts()) {
      if (point.kind() != MountPoint.Kind.VOLUME || noCopy(container, point)) {
        continue;
      }
      Optional<LayeredFiles.Found> content =
          new LayeredFiles(image.layerDirectories().reversed()).find(point.destination());
      if (content.isPresent()) {
        around
            .volumeFill()
            .fill(
                Path.of(point.source()),
                image.layerDirectories(),
                content.get().inContainer(),
                live.paths().merged());
      }
    }
  }

  private static boolean noCopy(ContainerRecord container, MountPoint point) {
    return !point.subpath().isEmpty()
        || container.spec().mounts().stream()
            .anyMatch(
                request ->
                    request instanceof MountRequest.NamedVolume volume
                        && volume.target().equals(point.destination())
                        && (volume.noCopy() || !volume.subpath().isEmpty()));
  }

  private List<EndpointLease> reserve(ContainerRecord container, UndoStack undo) {
    List<EndpointLease> leases = new ArrayList<>();
    for (Endpoint wanted : container.endpoints()) {
      EndpointLease lease =
          around
              .networks()
              .reserve(wanted.network(), Endpoints.request(container, wanted, leases.isEmpty()));
      undo.push(
          "give back the address on " + lease.networkName(),
          () -> around.networks().disconnect(lease));
      leases.add(lease);
    }
    return leases;
  }

  private List<PublishedPort> publish(
      ContainerRecord container, List<EndpointLease> leases, UndoStack undo) {
    List<PortBinding> wanted = Endpoints.bindings(container);
    EndpointLease via = Networks.gatewayOf(leases);
    if (wanted.isEmpty() || via == null) {
      return List.of();
    }
    List<PublishedPort> ports = around.networks().publish(container.id(), wanted, via);
    undo.push("unpublish ports", () -> around.networks().unpublish(container.id()));
    return ports;
  }

  private ContainerRecord running(
      ContainerRecord container,
      Launched launched,
      List<EndpointLease> leases,
      List<PublishedPort> ports) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < leases.size(); i++) {
      endpoints.add(Endpoints.leased(container.endpoints().get(i), leases.get(i)));
    }
    List<BoundPort> bound = ports.stream().map(Endpoints::bound).toList();
    ContainerState old = container.state();
    return container
        .withNetworking(endpoints, bound)
        .withState(
            new ContainerState(
                Status.RUNNING,
                launched.pid(),
                launched.startTime(),
                0,
                "",
                around.clock().instant(),
                old.finishedAt(),
                false,
                false,
                HealthChecks.initial(container)));
  }

  /** Tells the network's own event about a container that comes or goes. */
  public void tellNetwork(LiveContainer live, String action, EndpointLease lease) {
    around
        .events()
        .publish(
            dev.jcompose.engine.event.Event.Type.NETWORK,
            action,
            lease.networkId(),
            java.util.Map.of(
                "container",
                live.container().id(),
                "name",
                lease.networkName(),
                "type",
                lease.driver().apiName()));
  }

  /** Tells the events of volumes that are mounted or no longer mounted. */
  public void tellVolumes(LiveContainer live, String action) {
    for (MountPoint point : live.container().mounts()) {
      if (point.kind() == MountPoint.Kind.VOLUME) {
        around
            .events()
            .publish(
                dev.jcompose.engine.event.Event.Type.VOLUME,
                action,
                point.name(),
                java.util.Map.of(
                    "container",
                    live.container().id(),
                    "destination",
                    point.destination(),
                    "driver",
                    point.driver(),
                    "read/write",
                    Boolean.toString(point.writable())));
      }
    }
  }
}
