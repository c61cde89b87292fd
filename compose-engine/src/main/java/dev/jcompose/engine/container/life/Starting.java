package dev.jcompose.engine.container.life;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.SteadyClock;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.exec.ExecTable;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.health.HealthMonitor;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.start.HealthChecks;
import dev.jcompose.engine.container.start.Launching;
import java.util.List;
import java.util.function.Consumer;

/** Starts containers, by hand or by policy, and looks after them while they run. */
final class Starting {
  private final Probes probes;
  private final Launching launching;
  private final Ending ending;
  private final Consumer<LiveContainer> removeEnded;

  private Starting(
      Surroundings around,
      ContainerTable table,
      Probes probes,
      Consumer<LiveContainer> removeEnded) {
    this.probes = probes;
    this.removeEnded = removeEnded;
    this.launching = new Launching(around, table::get);
    this.ending =
        new Ending(around, launching, this::byPolicy, removeEnded, probes::containerEnded);
  }

  static Starting of(
      Surroundings around,
      ContainerTable table,
      Probes probes,
      Consumer<LiveContainer> removeEnded) {
    return new Starting(around, table, probes, removeEnded);
  }

  /**
   * Starts a container a client named.
   *
   * @throws EngineException.NotModified when it runs
   */
  void byHand(LiveContainer live) {
    boolean remove = false;
    live.lock().lock();
    try {
      Status status = live.state().status();
      if (status == Status.PAUSED) {
        throw new EngineException.Conflict("cannot start a paused container, try unpause instead");
      }
      if (live.removing() || status == Status.REMOVING || status == Status.DEAD) {
        throw new EngineException.Conflict("container is marked for removal and cannot be started");
      }
      if (live.run() != null || status == Status.RESTARTING) {
        throw new EngineException.NotModified("the container runs already");
      }
      live.delay().reset();
      live.show(live.container().withRestartCount(0));
      remove = live.container().spec().autoRemove();
      attend(live, launching.start(live));
      remove = false;
    } finally {
      live.lock().unlock();
      if (remove) {
        // It could not be started, so no end of a run will remove it.
        removeEnded.accept(live);
      }
    }
  }

  /** Starts a container again; the caller holds its lock. */
  private void byPolicy(LiveContainer live) {
    attend(live, launching.start(live));
  }

  /** Looks after a run that has just begun or was taken over; the caller holds the lock. */
  void attend(LiveContainer live, Run run) {
    Healthcheck check = HealthChecks.of(live.container());
    if (check != null) {
      List<String> command = ExecTable.command(check.test(), live.container().spec().process());
      String id = live.container().id();
      run.probedBy(
          HealthMonitor.start(
              check,
              new SteadyClock(),
              timeout -> probes.probe(id, command, timeout),
              () -> live.state().status() == Status.PAUSED,
              health -> healthChanged(live, run, health)));
    }
    ending.watch(live, run);
  }

  private static void healthChanged(LiveContainer live, Run run, Health health) {
    live.lock().lock();
    try {
      if (live.run() != run) {
        return;
      }
      ContainerRecord container = live.container();
      Health before = container.state().health();
      live.show(container.withState(container.state().withHealth(health)));
      if (before == null || before.status() != health.status()) {
        live.tell("health_status: " + health.status().text());
      }
    } finally {
      live.lock().unlock();
    }
  }
}
