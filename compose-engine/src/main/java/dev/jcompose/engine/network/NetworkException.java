package dev.jcompose.engine.network;

import org.jspecify.annotations.Nullable;

/** A request about networks that cannot be met; the message is one sentence for the user. */
public class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of refusal it is; the API turns it into a status. */
  public enum Reason {
    /** The request contradicts itself or is not supported (400). */
    INVALID,
    /** A predefined network cannot be changed or removed (403). */
    FORBIDDEN,
    /** The named network or endpoint does not exist (404). */
    NOT_FOUND,
    /** The name, address or port belongs to somebody else, or the network is in use (409). */
    CONFLICT,
    /** The kernel refused (500). */
    FAILED
  }

  private final Reason reason;

  public NetworkException(Reason reason, String message) {
    this(reason, message, null);
  }

  public NetworkException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The kind of refusal. */
  public Reason reason() {
    return reason;
  }
}
