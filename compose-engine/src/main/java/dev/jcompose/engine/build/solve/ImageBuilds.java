package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.BuildResult;
import dev.jcompose.engine.build.Builds;
import dev.jcompose.engine.build.cache.BuildCache;
import dev.jcompose.engine.build.cache.CacheMounts;
import dev.jcompose.engine.build.cache.StepCache;
import dev.jcompose.engine.build.run.Sandbox;
import dev.jcompose.engine.build.tree.ContentDigest;
import dev.jcompose.engine.build.tree.FileDigests;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;

/** The builder of an engine. */
public final class ImageBuilds implements Builds {
  private final BuildTools tools;
  private final BuildCache cache;
  private final Runnable ended;

  private ImageBuilds(BuildTools tools, Runnable ended) {
    this.tools = tools;
    this.cache = new BuildCache(tools.cache(), tools.cacheMounts(), tools.store(), tools.files());
    this.ended = ended;
  }

  /**
   * Opens the builder and clears what builds of an engine that was killed left.
   *
   * @param bases finds images that are not here
   * @param ended called after each build
   */
  public static ImageBuilds open(
      StateDirectory state,
      Clock clock,
      FileCalls files,
      ImageStore store,
      BaseImages bases,
      Sandbox sandbox,
      Runnable ended)
      throws IOException {
    Files.createDirectories(state.builds());
    FileTrees.delete(state.buildRuns());
    StepCache cache = StepCache.open(state.builds().resolve("steps.json"), clock);
    store.keep(cache::chainIds);
    FileDigests digests = new FileDigests(state.builds().resolve("digests"));
    return new ImageBuilds(
        new BuildTools(
            state,
            clock,
            files,
            store,
            new ImageMaker(store),
            bases,
            new StepRunner(cache, store.layers(), new LayerMaker(store.layers(), files)),
            cache,
            new CacheMounts(state.builds().resolve("cache-mounts"), clock),
            digests,
            new ContentDigest(files, digests, clock),
            sandbox),
        ended);
  }

  @Override
  public BuildResult build(BuildRequest request, BuildProgress progress)
      throws BuildException, InterruptedException {
    try (UndoStack undo = new UndoStack()) {
      BuildRequest local = new LocalContexts(tools, progress, undo).of(request);
      return new Solver(tools, local, progress).build();
    } finally {
      ended.run();
    }
  }

  @Override
  public BuildCache cache() {
    return cache;
  }
}
