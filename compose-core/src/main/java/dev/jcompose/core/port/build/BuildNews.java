package dev.jcompose.core.port.build;

/** Something a build tells. Steps run at the same time and are told apart by number. */
public sealed interface BuildNews {
  /** A step begins; times are milliseconds since 1970. */
  record Begin(int step, String name, long time) implements BuildNews {}

  /** The step was found in a cache. */
  record Cached(int step) implements BuildNews {}

  /**
   * A step's command wrote something.
   *
   * @param error whether to standard error
   */
  record Output(int step, boolean error, String text, long time) implements BuildNews {}

  /** The step has ended. */
  record Done(int step, long time) implements BuildNews {}

  /** The step has failed. */
  record Failed(int step, String message) implements BuildNews {}

  /** The step was given up. */
  record Canceled(int step) implements BuildNews {}

  /** Something that does not stop the build. */
  record Warning(String text) implements BuildNews {}

  /**
   * The state before the command that failed was kept.
   *
   * @param image an image of it, without a name
   */
  record Kept(String image, String workingDirectory, String user) implements BuildNews {}
}
