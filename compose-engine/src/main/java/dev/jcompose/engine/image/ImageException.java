package dev.jcompose.engine.image;

/** Something about an image went wrong; the message is one sentence for the user. */
public class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, so that a front end can choose its status. */
  public enum Kind {
    /** There is no such image, program or layer. */
    NOT_FOUND,
    /** The request or the content it brings makes no sense. */
    INVALID,
    /** Something else still needs what should be changed. */
    CONFLICT,
    /** The caller may not do this, or has to log in first. */
    DENIED,
    /** The machine, the disk or a registry failed. */
    FAILED
  }

  private final Kind kind;

  /** A failure without a deeper cause. */
  public ImageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A failure whose cause is kept for the engine's log. */
  public ImageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
