package dev.jcompose.cli.watch;

/** A project cannot be watched as its file says; the message is the sentence for the user. */
public final class WatchException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a sentence that says where, what and the next move. */
  public WatchException(String message) {
    super(message);
  }
}
