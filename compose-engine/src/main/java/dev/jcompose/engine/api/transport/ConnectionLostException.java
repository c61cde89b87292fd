package dev.jcompose.engine.api.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection to the engine broke, or timed out, in the middle of a call. */
public final class ConnectionLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception; the message is one sentence. */
  public ConnectionLostException(String message, @Nullable IOException cause) {
    super(message, cause);
  }
}
