package dev.jcompose.engine.container.life;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.RunStreams;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.start.Endpoints;
import dev.jcompose.engine.container.start.Launching;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.runtime.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens when a container's process has ended, in Docker's order: the health check stops, the
 * rest of the container is killed, output is drained, the network is given back, the state is
 * stored, the events are told, waiters are woken, and the restart policy has its say.
 */
final class Ending {
  private static final System.Logger LOG = System.getLogger(Ending.class.getName());

  private final Surroundings around;
  private final RunStreams streams;
  private final Launching launching;
  private final Consumer<LiveContainer> restart;
  private final Consumer<LiveContainer> remove;
  private final Consumer<String> execsEnd;

  /**
   * Makes the handler.
   *
   * @param restart starts a container again by its policy, called when the delay is over
   * @param remove removes a container that was to be removed at its end
   * @param execsEnd told the id of a container whose processes are all gone
   */
  Ending(
      Surroundings around,
      Launching launching,
      Consumer<LiveContainer> restart,
      Consumer<LiveContainer> remove,
      Consumer<String> execsEnd) {
    this.around = around;
    this.streams = new RunStreams(around);
    this.launching = launching;
    this.restart = restart;
    this.remove = remove;
    this.execsEnd = execsEnd;
  }

  /** Deals with the end of a run, when it comes. */
  void watch(LiveContainer live, Run run) {
    around
        .runtime()
        .watchOom(run.launched(), () -> around.executor().execute(() -> outOfMemory(live, run)));
    run.launched().onExit(status -> around.executor().execute(() -> ended(live, run, status)));
  }

  private static void outOfMemory(LiveContainer live, Run run) {
    live.lock().lock();
    try {
      if (live.run() == run) {
        run.toldOom();
        live.tell("oom");
      }
    } finally {
      live.lock().unlock();
    }
  }

  private void ended(LiveContainer live, Run run, ExitStatus status) {
    boolean autoRemove;
    live.lock().lock();
    try {
      if (live.run() != run) {
        return;
      }
      live.endRun();
      try {
        settle(live, run, status);
      } finally {
        // After the record: a client that is let go asks at once how the container ended.
        live.hub().end();
      }
      autoRemove =
          live.container().spec().autoRemove()
              && !live.restartingByHand()
              && live.state().status() == Status.EXITED;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "could not settle the end of " + live.container().id(), e);
      autoRemove = false;
    } finally {
      live.lock().unlock();
      run.settled().complete(null);
    }
    if (autoRemove) {
      remove.accept(live);
    }
  }

  private void settle(LiveContainer live, Run run, ExitStatus status) {
    run.stopProbing();
    quietly("discard the process", () -> around.runtime().discard(run.launched()));
    CrashPoint.END_PROCESSES_GONE.reached();
    quietly("drain output", () -> streams.drain(live, run));
    CrashPoint.END_OUTPUT_DRAINED.reached();
    execsEnd.accept(live.container().id());
    giveNetworkBack(live.container().id(), run.leases());
    CrashPoint.END_NETWORK_GIVEN_BACK.reached();

    Instant now = around.clock().instant();
    ContainerState old = live.state();
    Instant startedAt = old.startedAt() == null ? now : old.startedAt();
    Duration lasted = Duration.between(startedAt, now);
    boolean again = !live.restartingByHand() && shallRestart(live.container(), status);
    ContainerRecord container =
        live.container()
            .withNetworking(
                live.container().endpoints().stream().map(Endpoints::released).toList(), List.of())
            .withState(
                new ContainerState(
                    again ? Status.RESTARTING : Status.EXITED,
                    0,
                    0,
                    status.code(),
                    "",
                    startedAt,
                    status.at(),
                    status.oomKilled(),
                    old.stoppedByHand(),
                    old.health() == null ? null : old.health().ended()));
    live.saveEnd(again ? container.withRestartCount(container.restartCount() + 1) : container);
    around.runtime().outputRead(live.paths().exitRecord());
    CrashPoint.END_RECORD_WRITTEN.reached();

    if (status.oomKilled() && !run.oomTold()) {
      live.tell("oom");
    }
    live.tell(
        "die",
        "exitCode",
        Integer.toString(status.code()),
        "execDuration",
        Long.toString(Math.max(0, lasted.toSeconds())));
    run.leases().forEach(lease -> launching.tellNetwork(live, "disconnect", lease));
    launching.tellVolumes(live, "unmount");

    ExitOutcome outcome = new ExitOutcome(status.code(), "");
    if (again) {
      live.waiters().exitedToRestart(outcome);
      restartLater(live, live.delay().after(run.lasted()));
    } else {
      live.waiters().stopped(outcome);
    }
  }

  private void giveNetworkBack(String id, List<EndpointLease> leases) {
    quietly("close names", () -> around.networks().closeDns(id));
    quietly("unpublish ports", () -> around.networks().unpublish(id));
    for (EndpointLease lease : leases) {
      quietly("leave network " + lease.networkName(), () -> around.networks().disconnect(lease));
    }
  }

  /** One failing step must not keep the others from being done. */
  private static void quietly(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "after an exit: could not " + what, e);
    }
  }

  static boolean shallRestart(ContainerRecord container, ExitStatus status) {
    RestartPolicy policy = container.spec().restartPolicy();
    if (container.state().stoppedByHand()) {
      return false;
    }
    return switch (policy.name()) {
      case NO -> false;
      case ALWAYS, UNLESS_STOPPED -> true;
      case ON_FAILURE ->
          status.code() != 0
              && (policy.maximumRetries() == 0
                  || container.restartCount() < policy.maximumRetries());
    };
  }

  private void restartLater(LiveContainer live, Duration delay) {
    ContainerRecord waiting = live.container();
    around
        .executor()
        .execute(
            () -> {
              try {
                Thread.sleep(delay);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              restartNow(live, waiting);
            });
  }

  private void restartNow(LiveContainer live, ContainerRecord waiting) {
    live.lock().lock();
    try {
      // Stopped, removed or started by hand while it waited.
      if (live.state().status() == Status.RESTARTING
          && live.container().restartCount() == waiting.restartCount()
          && !live.removing()) {
        restart.accept(live);
      }
    } catch (EngineException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "restart of " + live.container().name() + " failed: " + e.getMessage());
      live.waiters()
          .stopped(new ExitOutcome(live.state().exitCode(), String.valueOf(e.getMessage())));
    } finally {
      live.lock().unlock();
    }
  }
}
