package dev.jcompose.core.reconcile;

import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.ContainerRef;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.Health;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Makes the engine call of one action, and knows the ids of the containers made so far. */
final class StepRunner {

  /** An end that is neither success nor a failure of the whole. */
  static final class StillInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StillInUse(EngineException cause) {
      super("Resource is still in use", cause);
    }
  }

  private final Engine engine;
  private final BuildListener builds;
  private final Map<String, String> made = new ConcurrentHashMap<>();
  private final Map<String, String> started = new ConcurrentHashMap<>();

  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  StepRunner(Engine engine, BuildListener builds) {
    this.engine = engine;
    this.builds = builds;
  }

  /** Name to id of the containers started or restarted. */
  Map<String, String> started() {
    return started;
  }

  /** What the engine accepted without effect, a sentence each. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Makes the call.
   *
   * @param news is told about the progress of a long call
   */
  void run(Action action, Consumer<String> news) {
    switch (action) {
      case Action.CreateNetwork create -> engine.createNetwork(create.spec());
      case Action.RemoveNetwork remove -> removing(() -> engine.removeNetwork(remove.id()));
      case Action.CreateVolume create -> engine.createVolume(create.spec());
      case Action.RemoveVolume remove -> removing(() -> engine.removeVolume(remove.name()));
      case Action.PullImage pull -> engine.pullImage(pull.reference(), pull.platform(), news);
      case Action.BuildImage build -> engine.buildImage(build.spec(), builds);
      case Action.PushImage push -> engine.pushImage(push.reference(), news);
      case Action.RemoveImage remove -> removing(() -> engine.removeImage(remove.reference()));
      case Action.CreateContainer create ->
          made.put(
              create.container().name(),
              engine.createContainer(
                  create.spec().withContainers(name -> made.getOrDefault(name, name)),
                  warning -> warnings.add(create.container().name() + ": " + warning)));
      case Action.PutFiles put ->
          engine.putArchive(
              id(put.container()), "/", new ByteArrayInputStream(TarWriter.of(put.files())), false);
      case Action.ConnectNetwork connect ->
          engine.connectNetwork(id(connect.container()), connect.endpoint());
      case Action.DisconnectNetwork disconnect ->
          engine.disconnectNetwork(id(disconnect.container()), disconnect.network());
      case Action.RunHook run -> HookRunner.run(engine, id(run.container()), run.hook());
      case Action.StartContainer start -> {
        engine.startContainer(id(start.container()));
        started.put(start.container().name(), id(start.container()));
      }
      case Action.StopContainer stop ->
          gone(() -> engine.stopContainer(id(stop.container()), stop.timeout()));
      case Action.RestartContainer restart -> {
        engine.restartContainer(id(restart.container()), restart.timeout());
        started.put(restart.container().name(), id(restart.container()));
      }
      case Action.KillContainer kill -> engine.killContainer(id(kill.container()), kill.signal());
      case Action.PauseContainer pause -> engine.pauseContainer(id(pause.container()));
      case Action.UnpauseContainer unpause -> engine.unpauseContainer(id(unpause.container()));
      case Action.UpdateContainer update ->
          engine.updateContainer(id(update.container()), update.wanted());
      case Action.RenameContainer rename ->
          engine.renameContainer(id(rename.container()), rename.newName());
      case Action.RemoveContainer remove ->
          gone(
              () ->
                  engine.removeContainer(id(remove.container()), remove.force(), remove.volumes()));
      case Action.AwaitHealthy await -> awaitHealthy(await.container(), true);
      case Action.AwaitUp await -> awaitHealthy(await.container(), false);
      case Action.AwaitStable await -> awaitStable(id(await.container()), await.time());
      case Action.AwaitHook await -> HookRunner.await(engine, id(await.container()));
      case Action.AwaitCompleted await -> {
        int code = engine.awaitExit(id(await.container()));
        if (code != 0) {
          throw failure("it exited with code " + code + " instead of 0");
        }
      }
    }
  }

  private void awaitStable(String container, Duration time) {
    FutureTask<Integer> end = new FutureTask<>(() -> engine.awaitExit(container));
    Thread waiting = Thread.startVirtualThread(end);
    try {
      throw failure("it exited with code " + end.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException stayed) {
      // That is what was hoped for.
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException refused
          ? refused
          : failure(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    } finally {
      waiting.interrupt();
    }
  }

  private void awaitHealthy(ContainerRef container, boolean probed) {
    ContainerView view = engine.awaitHealth(id(container));
    if (!view.status().up()) {
      throw failure("it exited with code " + view.exitCode());
    }
    if (view.health() == Health.UNHEALTHY) {
      throw failure("its healthcheck says it is unhealthy");
    }
    if (probed && view.health() == Health.NONE) {
      throw failure("it has no healthcheck");
    }
  }

  private static EngineException failure(String text) {
    return new EngineException(EngineException.Reason.FAILED, text);
  }

  private String id(ContainerRef container) {
    String id = container.id();
    return id != null ? id : made.getOrDefault(container.name(), container.name());
  }

  /** What is to go and is not there is as good as gone. */
  private static void gone(Runnable call) {
    try {
      call.run();
    } catch (EngineException refused) {
      if (refused.reason() != EngineException.Reason.NOT_FOUND) {
        throw refused;
      }
    }
  }

  private static void removing(Runnable call) {
    try {
      gone(call);
    } catch (EngineException refused) {
      if (refused.reason() == EngineException.Reason.CONFLICT) {
        throw new StillInUse(refused);
      }
      throw refused;
    }
  }
}
