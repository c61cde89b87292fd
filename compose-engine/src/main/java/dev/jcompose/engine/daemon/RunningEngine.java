package dev.jcompose.engine.daemon;

import dev.jcompose.engine.http.ApiServer;
import dev.jcompose.engine.http.services.EngineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The engine as a process: what it says of itself, and when it ends. */
final class RunningEngine implements EngineProcess {
  private static final System.Logger LOG = System.getLogger(RunningEngine.class.getName());
  private static final long CHECK_SECONDS = 1;
  private static final int QUIET_SECONDS = 2;

  private final Instant startedAt = Instant.now();
  private final Duration idle;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * A process that has just begun.
   *
   * @param idle as in {@link EngineArguments}
   */
  RunningEngine(Duration idle) {
    this.idle = idle;
  }

  @Override
  public String version() {
    String version = EngineMain.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0-development" : version;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public int cgroupVersion() {
    return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? 2 : 1;
  }

  @Override
  public void shutdown() {
    asked.countDown();
  }

  /** Ends the engine in order when the process is told to end. */
  Thread onTermination() {
    return Thread.ofPlatform()
        .name("termination")
        .unstarted(
            () -> {
              asked.countDown();
              try {
                // The JVM halts when this hook returns, so it waits for the main thread's work.
                if (!ended.await(20, TimeUnit.SECONDS)) {
                  LOG.log(System.Logger.Level.WARNING, "the engine did not end in order");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Returns when the engine shall end. */
  void awaitEnd(ApiServer server, CompletableFuture<EngineParts> parts) {
    HeapTrim heap = new HeapTrim();
    try {
      while (!asked.await(CHECK_SECONDS, TimeUnit.SECONDS)) {
        if (parts.isCompletedExceptionally()) {
          // Whoever asks now learns why; nobody is served by an engine that cannot do anything.
          asked.await(2, TimeUnit.SECONDS);
          return;
        }
        if (server.idleFor().toSeconds() >= QUIET_SECONDS) {
          heap.whenQuiet();
        }
        if (isIdle(server, parts)) {
          LOG.log(System.Logger.Level.INFO, "nothing to do for " + idle.toSeconds() + " s");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isIdle(ApiServer server, CompletableFuture<EngineParts> parts) {
    return !idle.isZero()
        && parts.isDone()
        && server.running() == 0
        && server.idleFor().compareTo(idle) >= 0
        && !parts.join().containers.anyRunning();
  }

  /** Everything is closed. */
  void ended() {
    ended.countDown();
  }
}
