package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.ImageException;

/** A registry refused, failed or is out of reach; the message is one sentence for the user. */
public final class RegistryException extends ImageException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status the registry's HTTP status
   */
  public RegistryException(Kind kind, String message, int status) {
    super(kind, message);
    this.status = status;
  }

  /** No answer at all. */
  public RegistryException(String message, Throwable cause) {
    super(Kind.FAILED, message, cause);
    this.status = 0;
  }

  /** The registry's HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }
}
