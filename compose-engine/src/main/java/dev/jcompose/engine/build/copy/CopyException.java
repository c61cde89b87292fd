package dev.jcompose.engine.build.copy;

/** A copy that cannot be made; the message is one sentence for the author of the Dockerfile. */
public final class CopyException extends Exception {
  private static final long serialVersionUID = 1L;

  public CopyException(String message) {
    super(message);
  }
}
