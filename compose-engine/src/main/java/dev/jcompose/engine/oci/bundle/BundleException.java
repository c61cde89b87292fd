package dev.jcompose.engine.oci.bundle;

/** A bundle cannot be run; the message is one sentence that says where in it. */
public final class BundleException extends Exception {
  private static final long serialVersionUID = 1L;

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }

  static BundleException unsupported(String path, String instead) {
    return new BundleException("config.json: " + path + " is not supported; " + instead);
  }
}
