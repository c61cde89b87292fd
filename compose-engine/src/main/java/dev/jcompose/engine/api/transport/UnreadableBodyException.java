package dev.jcompose.engine.api.transport;

import java.io.IOException;

/** What was to be sent to the engine could not be read; the call was given up. */
public final class UnreadableBodyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final IOException reason;

  UnreadableBodyException(IOException reason) {
    super("what was to be sent to the engine could not be read: " + reason.getMessage(), reason);
    this.reason = reason;
  }

  /** Why it could not be read. */
  public IOException reason() {
    return reason;
  }
}
