package dev.jcompose.engine.container.life;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.create.NameMaker;
import dev.jcompose.engine.container.create.RecordMaker;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.RunStreams;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The containers of this engine: the verbs, each handed to the class that knows how. */
public final class ContainerLife implements Containers {
  private final Surroundings around;
  private final ContainerTable table;
  private final RecordMaker maker;
  private final Starting starting;
  private final Stopping stopping;
  private final Removing removing;
  private final Changing changing;
  private final RunStreams streams;

  private ContainerLife(
      Surroundings around,
      ContainerTable table,
      Starting starting,
      Stopping stopping,
      Removing removing,
      Changing changing) {
    this.around = around;
    this.table = table;
    this.maker = new RecordMaker(around.images(), around.networks(), around.volumes());
    this.starting = starting;
    this.stopping = stopping;
    this.removing = removing;
    this.changing = changing;
    this.streams = new RunStreams(around);
  }

  /**
   * The life of the containers in a table.
   *
   * @param probes runs health probes and hears of containers that ended
   */
  public static ContainerLife of(Surroundings around, ContainerTable table, Probes probes) {
    Stopping stopping = new Stopping(around);
    Removing removing = new Removing(around, table, stopping);
    Starting starting = Starting.of(around, table, probes, removing::removeEnded);
    return new ContainerLife(
        around, table, starting, stopping, removing, new Changing(around, table));
  }

  /** What an engine that begins does with what the one before it left; see {@link Adoption}. */
  public Adoption adoption() {
    return new Adoption(around, table, starting, removing::removeEnded);
  }

  @Override
  public Created create(@Nullable String name, ContainerSpec request) {
    String id = NameMaker.id();
    try (UndoStack undo = new UndoStack()) {
      String chosen = name == null || name.isEmpty() ? freeName() : NameMaker.check(name);
      table.reserveName(chosen, id);
      undo.push("release the name", () -> table.releaseName(chosen, id));
      Path directory = around.state().container(id).directory();
      Files.createDirectories(directory);
      undo.push("remove its directory", () -> FileTrees.delete(directory));
      CrashPoint.CREATE_DIRECTORY_MADE.reached();
      RecordMaker.Made made =
          maker.make(id, chosen, around.clock().instant(), request, table::get, undo);
      CrashPoint.CREATE_VOLUMES_MADE.reached();
      LiveContainer live =
          new LiveContainer(
              made.container(), around.state().container(id), around.events(), around.clock());
      live.save(made.container());
      CrashPoint.CREATE_RECORD_WRITTEN.reached();
      table.add(live);
      undo.keep();
      live.tell("create");
      return new Created(id, made.warnings());
    } catch (IOException e) {
      throw new EngineException.Failed("could not make a container: " + e.getMessage(), e);
    }
  }

  private String freeName() {
    String name = RecordMaker.anyName();
    while (!table.isFree(name)) {
      name = RecordMaker.anyName();
    }
    return name;
  }

  @Override
  public ContainerRecord get(String reference) {
    return table.get(reference);
  }

  @Override
  public List<ContainerRecord> list() {
    return table.list();
  }

  @Override
  public void start(String reference) {
    starting.byHand(table.find(reference));
  }

  @Override
  public void stop(String reference, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    stopping.stop(table.find(reference), timeoutSeconds, signal);
  }

  @Override
  public void kill(String reference, @Nullable String signal) {
    stopping.kill(table.find(reference), signal);
  }

  @Override
  public void restart(String reference, @Nullable Integer timeoutSeconds, @Nullable String signal) {
    LiveContainer live = table.find(reference);
    if (live.state().running()) {
      stopping.stopForRestart(live, timeoutSeconds, signal);
    }
    starting.byHand(live);
    live.tell("restart");
  }

  /** The containers that need an image, in any state. */
  public List<ImageUse.User> usersOfImage(String imageId) {
    return ContainerRecord.usersOf(imageId, list());
  }

  @Override
  public void pause(String reference) {
    changing.pause(table.find(reference));
  }

  @Override
  public void unpause(String reference) {
    changing.unpause(table.find(reference));
  }

  @Override
  public void remove(String reference, boolean force, boolean volumes) {
    removing.remove(table.find(reference), force, volumes);
  }

  @Override
  public void rename(String reference, String newName) {
    changing.rename(table.find(reference), newName);
  }

  @Override
  public List<String> update(
      String reference, HostResources changes, @Nullable RestartPolicy policy) {
    return changing.update(table.find(reference), changes, policy);
  }

  @Override
  public CompletableFuture<ExitOutcome> await(String reference, WaitCondition condition) {
    LiveContainer live = table.find(reference);
    live.lock().lock();
    try {
      boolean stopped = !live.state().running() && live.run() == null;
      if (condition == WaitCondition.NOT_RUNNING && stopped) {
        return CompletableFuture.completedFuture(
            new ExitOutcome(live.state().exitCode(), live.state().error()));
      }
      return live.waiters().add(condition);
    } finally {
      live.lock().unlock();
    }
  }

  @Override
  public void connect(String reference, String network, NetworkSettings.Attachment attachment) {
    changing.connect(table.find(reference), network, attachment);
  }

  @Override
  public void disconnect(String reference, String network, boolean force) {
    changing.disconnect(table.find(reference), network);
  }

  /** Whether any container runs or waits for its restart. */
  public boolean anyRunning() {
    return table.list().stream()
        .anyMatch(
            container ->
                container.state().running() || container.state().status() == Status.RESTARTING);
  }

  /**
   * Lets go of all containers, which go on; an engine that starts later finds them by their
   * records.
   */
  public void close() {
    for (LiveContainer live : table.all()) {
      live.locked(
          () -> {
            Run run = live.run();
            if (run != null) {
              run.stopProbing();
              streams.stop(live, run);
              live.endRun();
            }
            live.record().settle();
          });
    }
  }
}
