package dev.jcompose.engine.build;

import org.jspecify.annotations.Nullable;

/**
 * A build has failed. The message is for the author of the Dockerfile: one sentence, then the lines
 * of the Dockerfile it is about.
 */
public final class BuildException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient @Nullable FailedRun run;

  /**
   * A command that failed, and what it takes to look at its surroundings.
   *
   * @param imageId an image of the state before it; has no name
   */
  public record FailedRun(String imageId, String workingDirectory, String user) {}

  public BuildException(String message) {
    this(message, 0, null, null);
  }

  public BuildException(String message, Throwable cause) {
    this(message, 0, null, cause);
  }

  /**
   * A RUN instruction failed.
   *
   * @param exitCode of its command; 0 when something else failed
   * @param run null unless it was asked for
   */
  public BuildException(
      String message, int exitCode, @Nullable FailedRun run, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.run = run;
  }

  /** How the command ended; 0 when no command failed. */
  public int exitCode() {
    return exitCode;
  }

  /** The command that failed; null unless it was asked for. */
  public @Nullable FailedRun run() {
    return run;
  }
}
