package dev.jcompose.core.interpolate;

/** A text's variables cannot be filled in. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1;

  private final String nextMove;

  TemplateException(String message, String nextMove) {
    super(message, null, false, false);
    this.nextMove = nextMove;
  }

  /** What to do about it. */
  public String nextMove() {
    return nextMove;
  }
}
