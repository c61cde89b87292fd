package dev.jcompose.engine.container.life;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.RecordFile;
import dev.jcompose.engine.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Removes containers with all their files. */
final class Removing {
  private static final System.Logger LOG = System.getLogger(Removing.class.getName());

  private static final String WITH_VOLUMES = "volumes";

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
    CrashPoint.REMOVE_KILLED.reached();
    mark(live, volumes);
    CrashPoint.REMOVE_MARKED.reached();
    table.remove(live);
    LogFile log = live.log();
    if (log != null) {
      log.close();
    }
    live.hub().end();
    if (volumes) {
      removeAnonymousVolumes(around.volumes(), container);
    }
    CrashPoint.REMOVE_VOLUMES_GONE.reached();
    eraseFiles(live.paths(), live.record());
    live.tell("destroy");
    live.lock().lock();
    try {
      live.waiters()
          .removed(new ExitOutcome(container.state().exitCode(), container.state().error()));
    } finally {
      live.lock().unlock();
    }
  }

  /**
   * From the marker on the container is gone, also for an engine that starts after a crash. A disk
   * that is full must not keep anybody from removing things: then it is gone with its record.
   */
  private static void mark(LiveContainer live, boolean volumes) {
    ContainerRecord container = live.container();
    live.lock().lock();
    try {
      Files.writeString(live.paths().removal(), volumes ? WITH_VOLUMES : "");
    } catch (IOException e) {
      try {
        live.record().delete();
      } catch (IOException refused) {
        refused.addSuppressed(e);
        throw new EngineException.Failed(
            "could not remove container " + container.name() + ": " + refused.getMessage(),
            refused);
      }
    } finally {
      live.lock().unlock();
    }
  }

  /** Ends a removal that an engine that was killed had begun. */
  static void finish(Volumes volumes, ContainerPaths paths, @Nullable ContainerRecord container)
      throws IOException {
    if (container != null && Files.readString(paths.removal()).equals(WITH_VOLUMES)) {
      removeAnonymousVolumes(volumes, container);
    }
    eraseFiles(paths, paths.recordFile());
  }

  private static void eraseFiles(ContainerPaths paths, RecordFile record) {
    try {
      // Before its directory: the marker must not be gone while the record is still there.
      record.delete();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "files of a container are left", e);
    }
    CrashPoint.REMOVE_RECORD_GONE.reached();
    FileTrees.delete(paths.run());
    FileTrees.delete(paths.directory());
    CrashPoint.REMOVE_FILES_GONE.reached();
  }

  private static void removeAnonymousVolumes(Volumes volumes, ContainerRecord container) {
    for (MountPoint point : container.mounts()) {
      if (point.anonymous() && volumes.users(point.name()).isEmpty()) {
        try {
          volumes.remove(point.name(), true);
        } catch (EngineException e) {
          LOG.log(
              System.Logger.Level.WARNING, "volume " + point.name() + " stays: " + e.getMessage());
        }
      }
    }
  }
}
