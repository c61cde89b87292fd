package dev.jcompose.cli.session;

import org.jspecify.annotations.Nullable;

/** Something the user has to know: the message is one whole sentence with the next move in it. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public UserError(ExitCode exitCode, String sentence) {
    this(exitCode, sentence, null);
  }

  /** {@code cause} is shown only with {@code --verbose}. */
  public UserError(ExitCode exitCode, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** A command line that cannot mean anything. */
  public static UserError usage(String sentence) {
    return new UserError(ExitCode.USAGE, sentence);
  }

  /** The status the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The sentence for the user. */
  public String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
