package dev.jcompose.core.port;

/** An engine refused or failed a call. The message is the engine's own, made for users. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of refusal it was, so that callers need not read messages. */
  public enum Reason {
    /** The thing named does not exist. */
    NOT_FOUND,
    /** The thing is in a state that forbids the call, or its name is taken. */
    CONFLICT,
    /** The request itself is wrong. */
    INVALID,
    /** The engine cannot do this at all. */
    UNSUPPORTED,
    /** The engine tried and failed. */
    FAILED,
    /** The engine cannot be reached, or went away in the middle. */
    UNREACHABLE
  }

  private final Reason reason;

  public EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public EngineException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The message, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }
}
