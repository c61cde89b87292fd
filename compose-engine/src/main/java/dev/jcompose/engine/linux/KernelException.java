package dev.jcompose.engine.linux;

/** A system call failed. The message names the call, what it was about, and the error. */
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Errno errno;

  /**
   * @param call the call and its object, such as {@code mount /proc}
   */
  public KernelException(String call, Errno errno) {
    super(call + ": " + errno);
    this.errno = errno;
  }

  /** Why the call failed. */
  public Errno errno() {
    return errno;
  }
}
