package dev.jcompose.engine.linux;

import java.util.Locale;
import java.util.Map;

/**
 * A kernel error number. The numbers below 35 and the ones named here are the same on every
 * architecture the engine runs on (asm-generic/errno.h).
 *
 * @param number positive error number
 */
public record Errno(int number) {
  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno ESRCH = new Errno(3);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EIO = new Errno(5);
  public static final Errno ENXIO = new Errno(6);
  public static final Errno ENOEXEC = new Errno(8);
  public static final Errno ECHILD = new Errno(10);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EBUSY = new Errno(16);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno ENODEV = new Errno(19);
  public static final Errno ENOTDIR = new Errno(20);
  public static final Errno EISDIR = new Errno(21);
  public static final Errno EXDEV = new Errno(18);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno EMFILE = new Errno(24);
  public static final Errno ENOTTY = new Errno(25);
  public static final Errno ENOSPC = new Errno(28);
  public static final Errno EROFS = new Errno(30);
  public static final Errno EPIPE = new Errno(32);
  public static final Errno ENAMETOOLONG = new Errno(36);
  public static final Errno ENOSYS = new Errno(38);
  public static final Errno ELOOP = new Errno(40);
  public static final Errno ENODATA = new Errno(61);
  public static final Errno EOPNOTSUPP = new Errno(95);

  private static final Map<Integer, Meaning> MEANINGS =
      Map.ofEntries(
          meaning(1, "EPERM", "operation not permitted"),
          meaning(2, "ENOENT", "no such file or directory"),
          meaning(3, "ESRCH", "no such process"),
          meaning(4, "EINTR", "interrupted"),
          meaning(5, "EIO", "input/output error"),
          meaning(6, "ENXIO", "no such device or address"),
          meaning(7, "E2BIG", "argument list too long"),
          meaning(8, "ENOEXEC", "exec format error"),
          meaning(9, "EBADF", "bad file descriptor"),
          meaning(10, "ECHILD", "no child process"),
          meaning(11, "EAGAIN", "resource temporarily unavailable"),
          meaning(12, "ENOMEM", "cannot allocate memory"),
          meaning(13, "EACCES", "permission denied"),
          meaning(14, "EFAULT", "bad address"),
          meaning(16, "EBUSY", "device or resource busy"),
          meaning(17, "EEXIST", "file exists"),
          meaning(18, "EXDEV", "invalid cross-device link"),
          meaning(19, "ENODEV", "no such device"),
          meaning(20, "ENOTDIR", "not a directory"),
          meaning(21, "EISDIR", "is a directory"),
          meaning(22, "EINVAL", "invalid argument"),
          meaning(23, "ENFILE", "too many open files in system"),
          meaning(24, "EMFILE", "too many open files"),
          meaning(25, "ENOTTY", "inappropriate ioctl for device"),
          meaning(26, "ETXTBSY", "text file busy"),
          meaning(27, "EFBIG", "file too large"),
          meaning(28, "ENOSPC", "no space left on device"),
          meaning(29, "ESPIPE", "illegal seek"),
          meaning(30, "EROFS", "read-only file system"),
          meaning(31, "EMLINK", "too many links"),
          meaning(32, "EPIPE", "broken pipe"),
          meaning(34, "ERANGE", "numerical result out of range"),
          meaning(36, "ENAMETOOLONG", "file name too long"),
          meaning(38, "ENOSYS", "function not implemented"),
          meaning(39, "ENOTEMPTY", "directory not empty"),
          meaning(40, "ELOOP", "too many levels of symbolic links"),
          meaning(61, "ENODATA", "no data available"),
          meaning(71, "EPROTO", "protocol error"),
          meaning(75, "EOVERFLOW", "value too large"),
          meaning(80, "ELIBBAD", "accessing a corrupted shared library"),
          meaning(87, "EUSERS", "too many users"),
          meaning(90, "EMSGSIZE", "message too long"),
          meaning(95, "EOPNOTSUPP", "operation not supported"),
          meaning(97, "EAFNOSUPPORT", "address family not supported"),
          meaning(98, "EADDRINUSE", "address already in use"),
          meaning(99, "EADDRNOTAVAIL", "cannot assign requested address"),
          meaning(100, "ENETDOWN", "network is down"),
          meaning(101, "ENETUNREACH", "network is unreachable"),
          meaning(104, "ECONNRESET", "connection reset by peer"),
          meaning(105, "ENOBUFS", "no buffer space available"),
          meaning(110, "ETIMEDOUT", "connection timed out"),
          meaning(111, "ECONNREFUSED", "connection refused"),
          meaning(116, "ESTALE", "stale file handle"),
          meaning(122, "EDQUOT", "disk quota exceeded"));

  private record Meaning(String name, String words) {}

  private static Map.Entry<Integer, Meaning> meaning(int number, String name, String words) {
    return Map.entry(number, new Meaning(name, words));
  }

  /** The kernel's name of it, such as {@code ENOENT}; {@code E133} for one without a name here. */
  public String name() {
    Meaning known = MEANINGS.get(number);
    return known == null ? "E" + number : known.name();
  }

  /** What it means in lower-case words, such as {@code no such file or directory}. */
  public String words() {
    Meaning known = MEANINGS.get(number);
    return known == null ? "error " + number : known.words();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%s)", name(), words());
  }
}
