package dev.jcompose.engine.image;

/** An image is not in the store and nothing here can make it. */
public final class NoSuchImageException extends ImageException {
  private static final long serialVersionUID = 1L;

  private final String reference;

  /**
   * @param reference what was asked for, as it was written
   */
  public NoSuchImageException(String reference) {
    super(
        Kind.NOT_FOUND,
        "No such image: "
            + reference
            + "; make one from this machine's programs with `jcompose image from-host`");
    this.reference = reference;
  }

  /** An identifier that several images start with. */
  public static NoSuchImageException ambiguous(String reference, int matches) {
    return new NoSuchImageException(
        reference,
        matches
            + " images have an id that starts with "
            + reference
            + "; write more of its digits");
  }

  private NoSuchImageException(String reference, String message) {
    super(Kind.NOT_FOUND, message);
    this.reference = reference;
  }

  /** What was asked for, as it was written. */
  public String reference() {
    return reference;
  }
}
