package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.cache.StepCache;
import dev.jcompose.engine.build.cache.StepRecord;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerStore;
import dev.jcompose.engine.image.store.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Has steps make layers, unless a layer of the same key is there. When several builds want the same
 * step at the same time, one runs it and the others wait for its layer.
 */
final class StepRunner {
  private final StepCache cache;
  private final LayerStore layers;
  private final LayerMaker maker;
  private final Map<Digest, CompletableFuture<Layer>> running = new ConcurrentHashMap<>();

  StepRunner(StepCache cache, LayerStore layers, LayerMaker maker) {
    this.cache = cache;
    this.layers = layers;
    this.maker = maker;
  }

  /** Makes the content of a layer. */
  @FunctionalInterface
  interface Work {
    /**
     * Fills the directory.
     *
     * @param staged empty; an overlay's upper directory afterwards
     */
    void fill(Path staged) throws BuildException, IOException, InterruptedException;
  }

  /**
   * A step.
   *
   * @param key names its result
   * @param below chain id of the layers it stands on; null for none
   * @param description for lists of the cache
   * @param useCache whether an old result will do
   * @param shared caches of others, which may have a result
   */
  record Step(
      Digest key,
      @Nullable Digest below,
      String description,
      boolean useCache,
      SharedCaches shared) {}

  /**
   * A layer and when it was made.
   *
   * @param fresh whether it was made just now
   */
  record Made(Layer layer, Instant created, boolean fresh) {}

  /** The result of an earlier step of this key; null when there is none. */
  @Nullable Made find(Digest key, Lease lease) {
    Layer layer = cache.find(key, lease);
    StepRecord record = layer == null ? null : cache.record(key);
    return layer == null || record == null ? null : new Made(layer, record.created(), false);
  }

  /** Notes that another key gives the same layer. */
  void alias(Digest key, Made made, String description) {
    cache.put(key, made.layer(), made.created(), description);
  }

  /**
   * Gives the layer of a step.
   *
   * @param lease holds the layer
   * @param created time the layer gets when it is made now
   */
  Made run(Step step, Lease lease, Instant created, BuildProgress progress, int number, Work work)
      throws BuildException, IOException, InterruptedException {
    while (true) {
      if (step.useCache()) {
        Made found = find(step.key(), lease);
        if (found != null) {
          progress.cached(number);
          return found;
        }
      }
      CompletableFuture<Layer> mine = new CompletableFuture<>();
      CompletableFuture<Layer> other =
          step.useCache() ? running.putIfAbsent(step.key(), mine) : null;
      if (other == null) {
        return make(step, lease, created, progress, number, work, mine);
      }
      try {
        other.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BuildException failure) {
          throw failure;
        }
        // The other build was given up, or the machine failed it: try it here.
      }
    }
  }

  private Made make(
      Step step,
      Lease lease,
      Instant created,
      BuildProgress progress,
      int number,
      Work work,
      CompletableFuture<Layer> mine)
      throws BuildException, IOException, InterruptedException {
    Path staged = layers.stage();
    try {
      Made taken = step.useCache() ? step.shared().take(step.key(), step.below(), lease) : null;
      if (taken != null) {
        cache.put(step.key(), taken.layer(), taken.created(), step.description());
        mine.complete(taken.layer());
        progress.cached(number);
        return taken;
      }
      work.fill(staged);
      Layer layer = maker.adopt(staged, step.below(), lease);
      cache.put(step.key(), layer, created, step.description());
      mine.complete(layer);
      return new Made(layer, created, true);
    } catch (BuildException | IOException | InterruptedException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      running.remove(step.key(), mine);
      layers.discard(staged);
    }
  }
}
