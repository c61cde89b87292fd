package dev.jcompose.engine.image;

/**
 * A text is not an image reference, tag or digest; the message quotes it and says what to write.
 */
public final class BadReferenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The message is a sentence for the user. */
  public BadReferenceException(String message) {
    super(message);
  }
}
