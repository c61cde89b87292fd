package dev.jcompose.engine.container.life;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.launch.LaunchPlan;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.RunStreams;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.start.Endpoints;
import dev.jcompose.engine.network.ConnectedContainer;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an engine that begins does with the containers of the one before it: those that run go on
 * and are looked after again, those that ended meanwhile are settled, what was half made or half
 * removed is cleared away.
 */
public final class Adoption {
  private static final System.Logger LOG = System.getLogger(Adoption.class.getName());

  private final Surroundings around;
  private final ContainerTable table;
  private final Starting starting;
  private final Consumer<LiveContainer> removeEnded;
  private final RunStreams streams;
  private final LaunchPlan plan;
  private final Map<ContainerPaths, Optional<ContainerRecord>> unfinished = new LinkedHashMap<>();
  private final List<LiveContainer> ended = new ArrayList<>();
  private final List<LiveContainer> running = new ArrayList<>();

  Adoption(
      Surroundings around,
      ContainerTable table,
      Starting starting,
      Consumer<LiveContainer> removeEnded) {
    this.around = around;
    this.table = table;
    this.starting = starting;
    this.removeEnded = removeEnded;
    this.streams = new RunStreams(around);
    this.plan = new LaunchPlan(around.state(), around.images(), table::get);
  }

  /** Reads the records, so that containers can be listed; touches no process. */
  public void load() {
    for (Path directory : entries(around.state().containers())) {
      String id = String.valueOf(directory.getFileName());
      ContainerPaths paths = around.state().container(id);
      Optional<ContainerRecord> container = read(paths);
      if (container.isEmpty() || Files.exists(paths.removal())) {
        unfinished.put(paths, container);
        continue;
      }
      LiveContainer live =
          new LiveContainer(container.get(), paths, around.events(), around.clock());
      table.reserveName(container.get().name(), id);
      table.add(live);
    }
    for (Path directory : entries(around.state().containerRuns())) {
      if (!Files.exists(
          around.state().container(String.valueOf(directory.getFileName())).record())) {
        FileTrees.delete(directory);
      }
    }
  }

  /** Clears away what was half made, and removes what was half removed. */
  public void finish() {
    unfinished.forEach(
        (paths, container) -> {
          try {
            if (Files.exists(paths.removal())) {
              Removing.finish(around.volumes(), paths, container.orElse(null));
            } else {
              around.volumes().removeMadeFor(String.valueOf(paths.directory().getFileName()));
            }
          } catch (IOException | EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "something is left of " + paths.directory(), e);
          }
          FileTrees.delete(paths.run());
          FileTrees.delete(paths.directory());
        });
  }

  private static Optional<ContainerRecord> read(ContainerPaths paths) {
    try {
      return paths.recordFile().read(ContainerRecord.class);
    } catch (UncheckedIOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "a container is lost, its record cannot be read: " + paths.record(),
          e);
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  /** Takes over the processes that are still there, and their network. */
  public void takeOver() {
    List<ConnectedContainer> connected = new ArrayList<>();
    for (LiveContainer live : table.all()) {
      live.lock().lock();
      try {
        if (live.state().hasProcess()) {
          adopt(live, connected);
        }
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "could not take over " + live.container().id(), e);
      } finally {
        live.lock().unlock();
      }
    }
    for (String problem : around.networks().adopt(connected)) {
      LOG.log(System.Logger.Level.WARNING, problem);
    }
    running.forEach(this::attend);
  }

  /**
   * Starts what its policy wants started, and removes what was to be removed at its end.
   *
   * @param afterBoot the machine was started since the last engine: policy {@code always} then
   *     holds also for containers stopped by hand
   */
  public void startAgain(boolean afterBoot) {
    for (LiveContainer live : table.all()) {
      if (wantsStart(live, afterBoot)) {
        startAgain(live);
      } else if (live.container().spec().autoRemove() && live.state().status() == Status.EXITED) {
        around.executor().execute(() -> removeEnded.accept(live));
      }
    }
  }

  private void adopt(LiveContainer live, List<ConnectedContainer> connected) {
    ContainerRecord container = live.container();
    ContainerState state = container.state();
    try (UndoStack undo = new UndoStack()) {
      Launched launched =
          around
              .runtime()
              .adopt(
                  container.id(),
                  state.pid(),
                  state.pidStartTime(),
                  plan.cgroup(container),
                  live.paths().exitRecord(),
                  container.spec().process().stdio().tty());
      List<EndpointLease> leases =
          container.endpoints().stream()
              .filter(endpoint -> !endpoint.endpointId().isEmpty())
              .map(endpoint -> Endpoints.lease(container, endpoint))
              .toList();
      Run run = new Run(launched, leases);
      streams.connect(live, run, streams.reopen(live, undo), undo);
      live.began(run);
      // The engine may have been killed between the act and the note of it.
      Status actual = around.runtime().paused(launched) ? Status.PAUSED : Status.RUNNING;
      if (state.status() != actual) {
        live.saveState(noted -> noted.withStatus(actual));
      }
      undo.keep();
      running.add(live);
      connected.add(
          new ConnectedContainer(
              container.id(),
              launched.networkNamespace(),
              leases,
              container.ports().stream().map(Endpoints::published).toList(),
              Endpoints.dns(container)));
    } catch (LaunchException e) {
      settleEnded(live);
    }
  }

  /** The process is gone; its keeper has written how it ended, unless that was killed too. */
  private void settleEnded(LiveContainer live) {
    ContainerState old = live.state();
    streams.takeRest(live);
    ExitStatus status =
        around.runtime().lastExit(plan.cgroup(live.container()), live.paths().exitRecord());
    live.saveEnd(
        live.container()
            .withNetworking(
                live.container().endpoints().stream().map(Endpoints::released).toList(), List.of())
            .withState(
                new ContainerState(
                    Status.EXITED,
                    0,
                    0,
                    status.code(),
                    status.known() ? "" : "ended while no engine was there to see how",
                    old.startedAt(),
                    status.known() ? status.at() : around.clock().instant(),
                    status.oomKilled(),
                    old.stoppedByHand(),
                    old.health() == null ? null : old.health().ended())));
    around.runtime().outputRead(live.paths().exitRecord());
    FileTrees.delete(live.paths().run());
    ended.add(live);
    live.tell("die", "exitCode", Integer.toString(status.code()));
  }

  private void attend(LiveContainer live) {
    live.lock().lock();
    try {
      Run run = live.run();
      if (run != null) {
        starting.attend(live, run);
      }
    } finally {
      live.lock().unlock();
    }
  }

  private boolean wantsStart(LiveContainer live, boolean afterBoot) {
    ContainerRecord container = live.container();
    ContainerState state = container.state();
    if (live.run() != null || state.startedAt() == null) {
      return false;
    }
    if (afterBoot && container.spec().restartPolicy().name() == RestartPolicy.Name.ALWAYS) {
      return true;
    }
    boolean interrupted = afterBoot || ended.contains(live) || state.status() == Status.RESTARTING;
    return interrupted
        && Ending.shallRestart(
            container, new ExitStatus(state.exitCode(), false, false, Instant.EPOCH));
  }

  private void startAgain(LiveContainer live) {
    around
        .executor()
        .execute(
            () -> {
              try {
                live.locked(() -> forgetDelay(live));
                starting.byHand(live);
              } catch (EngineException e) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "container " + live.container().name() + " did not start: " + e.getMessage());
              }
            });
  }

  /** Nobody waits any more to start it again, so a start is not one too many. */
  private static void forgetDelay(LiveContainer live) {
    if (live.state().status() == Status.RESTARTING) {
      live.saveState(state -> state.withStatus(Status.EXITED));
    }
  }
}
