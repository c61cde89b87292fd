package dev.jcompose.engine.daemon;

import dev.jcompose.engine.build.Builds;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerInsight;
import dev.jcompose.engine.container.ContainerStreams;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.http.ApiServer;
import dev.jcompose.engine.http.routes.EngineApi;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.exchange.ImageExchange;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The engine as a program. It listens first and opens its stores while the first requests already
 * come in. It ends on SIGTERM, when it is asked to over the API, or after it has been idle; the
 * containers go on in each case.
 */
public final class EngineMain {
  private static final System.Logger LOG = System.getLogger(EngineMain.class.getName());
  private static final int WRONG_USE = 2;
  private static final int FAILED = 1;

  private EngineMain() {}

  /** Runs the engine until it ends; arguments as {@link EngineArguments#USAGE} says. */
  public static void main(String[] arguments) {
    try {
      System.exit(run(EngineArguments.parse(List.of(arguments), System.getenv())));
    } catch (IllegalArgumentException e) {
      System.err.println("jcompose-engine: " + e.getMessage());
      System.exit(WRONG_USE);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the engine cannot run", e);
      System.err.println("jcompose-engine: cannot run: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private static int run(EngineArguments arguments) throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      System.err.println("jcompose-engine: the engine has to run as root; start it with sudo");
      return FAILED;
    }
    StateDirectory state = StateDirectory.of(arguments.root());
    Optional<EngineLock> lock = EngineLock.take(state);
    if (lock.isEmpty()) {
      System.err.println(
          "jcompose-engine: another engine serves " + state.root() + "; this one is not needed");
      return 0;
    }
    RunningEngine process = new RunningEngine(arguments.idle());
    // Before anybody can know that it runs, and so tell it to end.
    Runtime.getRuntime().addShutdownHook(process.onTermination());
    try {
      EngineLog.to(state.engineLog());
      serve(state, arguments, process);
    } finally {
      lock.get().close();
      process.ended();
    }
    return 0;
  }

  private static void serve(StateDirectory state, EngineArguments arguments, RunningEngine process)
      throws IOException {
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("engine-", 0).factory());
    Clock clock = Clock.systemUTC();
    EventBus events = new EventBus(clock);
    CompletableFuture<EngineParts> parts = new CompletableFuture<>();
    Thread opening =
        Thread.ofPlatform()
            .name("open")
            .start(
                () -> {
                  try {
                    parts.complete(
                        EngineParts.open(state, arguments.limits(), events, executor, clock));
                  } catch (IOException | RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.ERROR, "the engine could not open its stores", e);
                    parts.completeExceptionally(e);
                  }
                });
    ApiServer server =
        new ApiServer(state.socket(), EngineApi.routes(services(state, events, parts, process)));
    server.start();
    LOG.log(
        System.Logger.Level.INFO,
        "engine "
            + process.version()
            + ", process "
            + ProcessHandle.current().pid()
            + ", serves "
            + state.root());
    process.awaitEnd(server, parts);
    LOG.log(System.Logger.Level.INFO, "the engine ends; containers go on");
    server.close();
    end(opening, parts);
    executor.shutdownNow();
  }

  private static void end(Thread opening, CompletableFuture<EngineParts> parts) {
    try {
      opening.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (parts.isDone() && !parts.isCompletedExceptionally()) {
      parts.join().close();
    }
  }

  private static EngineServices services(
      StateDirectory state,
      EventBus events,
      CompletableFuture<EngineParts> parts,
      RunningEngine process) {
    return new EngineServices(
        Later.of(Containers.class, parts.thenApply(made -> made.containers)),
        Later.of(ContainerStreams.class, parts.thenApply(made -> made.streams)),
        Later.of(Execs.class, parts.thenApply(made -> made.execs)),
        Later.of(ContainerInsight.class, parts.thenApply(made -> made.insight)),
        Later.of(ContainerFiles.class, parts.thenApply(made -> made.files)),
        Later.of(Networks.class, parts.thenApply(made -> made.networks)),
        Later.of(Volumes.class, parts.thenApply(made -> made.volumes)),
        Later.of(Images.class, parts.thenApply(made -> made.images)),
        Later.of(ImageTransfers.class, parts.thenApply(made -> made.images.transfers())),
        Later.of(Builds.class, parts.thenApply(made -> made.builds)),
        Later.of(ImageExchange.class, parts.thenApply(made -> made.images.archives())),
        Later.of(Commits.class, parts.thenApply(made -> made.commits)),
        events,
        state,
        process);
  }
}
