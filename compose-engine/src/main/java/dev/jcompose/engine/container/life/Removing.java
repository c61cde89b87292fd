package dev.jcompose.engine.container.life;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Removes containers with all their files. */
final class Removing {
  private static final System.Logger LOG = System.getLogger(Removing.class.getName());

  private final Surroundings around;
  private final ContainerTable table;
  private final Stopping stopping;

  Removing(Surroundings around, ContainerTable table, Stopping stopping) {
    this.around = around;
    this.table = table;
    this.stopping = stopping;
  }

  /** As {@link dev.jcompose.engine.container.Containers#remove}. */
  void remove(LiveContainer live, boolean force, boolean volumes) {
    claim(live, force);
    try {
      stopping.killForRemoval(live);
      erase(live, volumes);
    } catch (RuntimeException e) {
      live.locked(() -> live.removing(false));
      throw e;
    }
  }

  private static void claim(LiveContainer live, boolean force) {
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      if (live.removing()) {
        throw new EngineException.Conflict(
            "removal of container " + container.id() + " is already in progress");
      }
      Status status = live.state().status();
      if (live.state().running() && !force) {
        throw new EngineException.Conflict(
            "cannot remove container \"/"
                + container.name()
                + "\": container is "
                + status.name().toLowerCase(Locale.ROOT)
                + (status == Status.PAUSED ? ": unpause and then " : ": ")
                + "stop the container before removing or force remove");
      }
      live.removing(true);
    } finally {
      live.lock().unlock();
    }
  }

  /** Removes a container that was to be removed when it ends. */
  void removeEnded(LiveContainer live) {
    try {
      remove(live, false, true);
    } catch (EngineException e) {
      LOG.log(System.Logger.Level.DEBUG, "not removed at its end: " + e.getMessage());
    }
  }

  private void erase(LiveContainer live, boolean volumes) {
    ContainerRecord container = live.container();
    live.lock().lock();
    try {
      // Without its record the container is gone, also for an engine that starts after a crash.
      Files.deleteIfExists(live.paths().record());
    } catch (IOException e) {
      throw new EngineException.Failed(
          "could not remove container " + container.name() + ": " + e.getMessage(), e);
    } finally {
      live.lock().unlock();
    }
    table.remove(live);
    LogFile log = live.log();
    if (log != null) {
      log.close();
    }
    live.hub().end();
    FileTrees.delete(live.paths().run());
    FileTrees.delete(live.paths().directory());
    if (volumes) {
      removeAnonymousVolumes(container);
    }
    live.tell("destroy");
    live.lock().lock();
    try {
      live.waiters()
          .removed(new ExitOutcome(container.state().exitCode(), container.state().error()));
    } finally {
      live.lock().unlock();
    }
  }

  private void removeAnonymousVolumes(ContainerRecord container) {
    for (MountPoint point : container.mounts()) {
      if (point.anonymous() && around.volumes().users(point.name()).isEmpty()) {
        try {
          around.volumes().remove(point.name(), true);
        } catch (EngineException e) {
          LOG.log(
              System.Logger.Level.WARNING, "volume " + point.name() + " stays: " + e.getMessage());
        }
      }
    }
  }
}
