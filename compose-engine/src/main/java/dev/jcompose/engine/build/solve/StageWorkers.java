package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.dockerfile.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Builds stages, each on a thread of its own. A stage waits for another at the instruction that
 * needs it. The first failure ends all; when this returns or throws, no stage is being built.
 */
final class StageWorkers {
  /** Builds one stage. */
  @FunctionalInterface
  interface Work {
    StageState build(Stage stage) throws BuildException, IOException, InterruptedException;
  }

  private static final String SERIAL = "JCOMPOSE_SERIAL";

  private final Work work;
  private final Map<Integer, CompletableFuture<StageState>> results = new LinkedHashMap<>();

  StageWorkers(Work work) {
    this.work = work;
  }

  /** The result of a stage, waited for. */
  StageState get(Stage stage) throws BuildException, IOException, InterruptedException {
    CompletableFuture<StageState> result = results.get(stage.index());
    if (result == null) {
      throw new IllegalStateException("stage " + stage.title() + " is not among those built");
    }
    return get(result);
  }

  /** The results of the stages that have been built to their end, in the order of the file. */
  List<StageState> finished() {
    return results.values().stream()
        .filter(result -> result.state() == Future.State.SUCCESS)
        .map(CompletableFuture::resultNow)
        .toList();
  }

  private static StageState get(CompletableFuture<StageState> result)
      throws BuildException, IOException, InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case BuildException cause -> throw cause;
        case IOException cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /**
   * Builds these and returns the state of one of them.
   *
   * @param stages in an order in which each comes after those it needs
   */
  StageState build(List<Stage> stages, Stage target)
      throws BuildException, IOException, InterruptedException {
    stages.forEach(stage -> results.put(stage.index(), new CompletableFuture<>()));
    if ("1".equals(System.getenv(SERIAL))) {
      for (Stage stage : stages) {
        run(stage, false, new CompletableFuture<>());
        get(stage);
      }
      return get(target);
    }
    List<Thread> threads = new ArrayList<>();
    CompletableFuture<Void> over = new CompletableFuture<>();
    for (Stage stage : stages) {
      threads.add(
          Thread.ofVirtual()
              .name("stage " + stage.title())
              .start(() -> run(stage, stage.index() == target.index(), over)));
    }
    try {
      over.get();
      // What the target does not wait for was still asked for, by an instruction that is cached.
      return get(target);
    } catch (ExecutionException e) {
      CompletableFuture<StageState> failed = new CompletableFuture<>();
      failed.completeExceptionally(e.getCause() == null ? e : e.getCause());
      return get(failed);
    } finally {
      threads.forEach(Thread::interrupt);
      join(threads);
    }
  }

  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Stage stage, boolean last, CompletableFuture<Void> over) {
    CompletableFuture<StageState> result = results.get(stage.index());
    if (result == null) {
      throw new IllegalStateException("unknown stage");
    }
    try {
      result.complete(work.build(stage));
      if (last) {
        over.complete(null);
      }
    } catch (BuildException | IOException | InterruptedException | RuntimeException e) {
      result.completeExceptionally(e);
      over.completeExceptionally(e);
    }
  }
}
