package dev.jcompose.core.dotenv;

/** An env file cannot be read; the message says why. */
public final class DotEnvException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final String nextMove;

  DotEnvException(int line, String message) {
    this(line, message, "write NAME=value, a line for each variable");
  }

  DotEnvException(int line, String message, String nextMove) {
    super(message, null, false, false);
    this.line = line;
    this.nextMove = nextMove;
  }

  /** 1 for the first line. */
  public int line() {
    return line;
  }

  /** What is wrong, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** What to do about it. */
  public String nextMove() {
    return nextMove;
  }
}
