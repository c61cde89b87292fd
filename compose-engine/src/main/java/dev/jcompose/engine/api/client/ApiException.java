package dev.jcompose.engine.api.client;

/** The engine answered with an error. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /** Creates the exception from the HTTP status and the engine's own sentence. */
  public ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** Whether the thing asked for does not exist. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** Whether the state of things does not allow the request: name taken, not running, in use. */
  public boolean isConflict() {
    return status == 409;
  }
}
