package dev.jcompose.engine.container.stream;

/** The standard streams, numbered as in Docker's multiplexed format. */
public enum StreamKind {
  STDIN(0, "stdin"),
  STDOUT(1, "stdout"),
  STDERR(2, "stderr");

  private final int number;
  private final String text;

  StreamKind(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** First byte of a frame, and the file descriptor in the process. */
  public int number() {
    return number;
  }

  /** The name in a log file. */
  public String text() {
    return text;
  }
}
