package dev.jcompose.engine.build.fetch;

/** Something could not be got; the message is one sentence for the author of the Dockerfile. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  public FetchException(String message) {
    super(message);
  }

  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
