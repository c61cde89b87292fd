package dev.jcompose.engine.build;

import java.nio.ByteBuffer;

/**
 * Hears what a build does, step by step. Steps run at the same time, so everything says of which
 * step it is; all methods may be called from any thread.
 */
public interface BuildProgress {
  /**
   * A step begins.
   *
   * @param name such as {@code [web 2/3] RUN make}
   * @return its number, from 1 on
   */
  int begin(String name);

  /** The step was found in the cache; {@link #done} comes too. */
  void cached(int step);

  /**
   * The step's command wrote something.
   *
   * @param error whether to standard error
   * @param bytes not to be kept
   */
  void output(int step, boolean error, ByteBuffer bytes);

  /** The step has ended well. */
  void done(int step);

  /** The step has failed. */
  void failed(int step, String message);

  /** The step was given up because the build ended. */
  void canceled(int step);

  /** Something that does not stop the build; several lines at most. */
  void warning(String text);
}
