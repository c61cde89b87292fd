package dev.jcompose.engine;

import org.jspecify.annotations.Nullable;

/**
 * A request the engine does not carry out. The message is one sentence for the person who asked.
 *
 * <p>The family is closed, so a front end can map each kind to its own status; each kind may be
 * subclassed where a caller wants to tell cases apart.
 */
public abstract sealed class EngineException extends RuntimeException {
  private EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The request itself is wrong (HTTP 400). */
  public static non-sealed class InvalidRequest extends EngineException {
    public InvalidRequest(String message) {
      super(message, null);
    }

    public InvalidRequest(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The request is understood but never allowed on this object (HTTP 403). */
  public static non-sealed class Forbidden extends EngineException {
    public Forbidden(String message) {
      super(message, null);
    }
  }

  /** What the request names does not exist (HTTP 404). */
  public static non-sealed class NotFound extends EngineException {
    public NotFound(String message) {
      super(message, null);
    }
  }

  /** The object is in a state that forbids the request, or a name is taken (HTTP 409). */
  public static non-sealed class Conflict extends EngineException {
    public Conflict(String message) {
      super(message, null);
    }
  }

  /** There was nothing to do: started already, stopped already (HTTP 304, no body). */
  public static non-sealed class NotModified extends EngineException {
    public NotModified(String message) {
      super(message, null);
    }
  }

  /** The engine tried and failed (HTTP 500). */
  public static non-sealed class Failed extends EngineException {
    public Failed(String message) {
      super(message, null);
    }

    public Failed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The engine cannot do this at all (HTTP 501). */
  public static non-sealed class NotSupported extends EngineException {
    public NotSupported(String message) {
      super(message, null);
    }
  }

  /** The engine cannot do this now, for instance while it shuts down (HTTP 503). */
  public static non-sealed class Unavailable extends EngineException {
    public Unavailable(String message) {
      super(message, null);
    }
  }
}
