package dev.jcompose.engine.api.transport;

import java.io.IOException;
import java.nio.file.Path;

/** Nothing accepts connections on the engine's socket. */
public final class EngineUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineUnreachableException(Path socket, IOException cause) {
    super("no engine answers on " + socket + ": " + cause.getMessage(), cause);
  }
}
