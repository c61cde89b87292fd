package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;

/** A host port that was asked for is held by somebody else; the message names port and holder. */
public final class PortTakenException extends EngineException.Conflict {
  private static final long serialVersionUID = 1;

  public PortTakenException(String message) {
    super(message);
  }
}
