package dev.jcompose.engine.linux.netlink;

/**
 * The kernel refused a netlink request; the message names the operation and the kernel's reason.
 */
public final class NetlinkException extends RuntimeException {
  /** The operation is not permitted. */
  public static final int EPERM = 1;

  /** The thing asked about does not exist. */
  public static final int ENOENT = 2;

  /** There is nothing to receive yet. */
  public static final int EAGAIN = 11;

  /** The thing to be made exists already. */
  public static final int EEXIST = 17;

  /** The device does not exist. */
  public static final int ENODEV = 19;

  /** More came than the socket holds, and some of it is lost. */
  public static final int ENOBUFS = 105;

  private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param operation what was tried, for example {@code create bridge jc-0123}
   * @param errno the kernel's error number
   * @param detail the kernel's own sentence, {@code ""} when it gave none
   */
  public NetlinkException(String operation, int errno, String detail) {
    super(operation + ": " + name(errno) + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.errno = errno;
  }

  /** The kernel's error number. */
  public int errno() {
    return errno;
  }

  private static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case 3 -> "ESRCH";
      case EAGAIN -> "no answer in time";
      case 12 -> "ENOMEM";
      case 16 -> "EBUSY";
      case EEXIST -> "EEXIST";
      case ENODEV -> "ENODEV";
      case 22 -> "EINVAL";
      case 24 -> "EMFILE";
      case 28 -> "ENOSPC";
      case 34 -> "ERANGE";
      case 90 -> "EMSGSIZE";
      case 95 -> "EOPNOTSUPP";
      case 97 -> "EAFNOSUPPORT";
      case 98 -> "EADDRINUSE";
      case 99 -> "EADDRNOTAVAIL";
      case 100 -> "ENETDOWN";
      case 101 -> "ENETUNREACH";
      case ENOBUFS -> "ENOBUFS";
      default -> "errno " + errno;
    };
  }
}
