package dev.jcompose.cli.session;

/**
 * The exit codes of {@code jcompose}. {@code exec}, and {@code up} that ends with its containers,
 * answer with the code of the process in the container instead.
 */
public enum ExitCode {
  /** It worked. */
  OK(0),
  /** It was understood and did not work. */
  FAILURE(1),
  /** The command line itself is wrong: unknown verb or option, missing operand, bad combination. */
  USAGE(2),
  /**
   * A Compose file or environment file is missing or not valid; docker compose until 2.32 used it
   * for the latter.
   */
  FILE(15),
  /** The engine cannot be reached or started. */
  ENGINE(125),
  /** Ended by Ctrl-C (128 + SIGINT). */
  INTERRUPTED(130),
  /** Ended by SIGTERM (128 + SIGTERM). */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The status of the process, 0 to 255. */
  public int code() {
    return code;
  }
}
