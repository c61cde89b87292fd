package dev.jcompose.engine.oci;

/** An operation on a container failed; the message is one sentence. */
public final class OciException extends Exception {
  private static final long serialVersionUID = 1L;

  public OciException(String message) {
    super(message);
  }

  public OciException(String message, Throwable cause) {
    super(message, cause);
  }
}
