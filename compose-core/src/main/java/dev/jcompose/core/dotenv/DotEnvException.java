package dev.jcompose.core.dotenv;

/** An env file cannot be read; the message says why. */
public final class DotEnvException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  DotEnvException(int line, String message) {
    super(message, null, false, false);
    this.line = line;
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
}
