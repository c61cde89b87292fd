package dev.jcompose.engine.api.json;

/** Text that is not JSON, or JSON whose shape is not the expected one; the message says which. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception; {@code message} is one sentence fit for a client of the API. */
  public JsonException(String message) {
    super(message);
  }
}
