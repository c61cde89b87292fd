package dev.jcompose.engine.build;

import dev.jcompose.engine.build.cache.BuildCache;

/** Builds images from Dockerfiles. Many builds may run at the same time. */
public interface Builds {
  /**
   * Builds one image and gives it its names.
   *
   * @param progress hears of every step
   * @throws BuildException when the Dockerfile, or something it needs, is wrong
   * @throws InterruptedException when the calling thread was interrupted; nothing is left then
   */
  BuildResult build(BuildRequest request, BuildProgress progress)
      throws BuildException, InterruptedException;

  /** What builds keep for the next ones. */
  BuildCache cache();
}
