package dev.jcompose.engine.runtime;

/** A process could not be started. Nothing of it is left. */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode 125 when the engine could not, 126 when the program cannot be run, 127 when it
   *     was not found
   * @param message one sentence for the user
   */
  public LaunchException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As {@link #LaunchException(int, String)}. */
  public LaunchException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The code the container ends with: 125, 126 or 127. */
  public int exitCode() {
    return exitCode;
  }
}
