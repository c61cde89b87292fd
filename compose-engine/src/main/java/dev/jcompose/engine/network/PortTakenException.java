package dev.jcompose.engine.network;

/** A host port that was asked for is held by somebody else; the message names port and holder. */
public final class PortTakenException extends NetworkException {
  private static final long serialVersionUID = 1;

  public PortTakenException(String message) {
    super(Reason.CONFLICT, message);
  }
}
