package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import java.util.Map;

/**
 * Which extended attributes go between archives and files: capabilities, access lists, and those of
 * users. Overlayfs keeps its own in two of these name spaces; an archive that brought them could
 * redirect a directory to any other.
 */
public final class Attributes {
  private Attributes() {}

  /** Whether this one goes along. */
  public static boolean areTaken(String name) {
    return name.equals("security.capability")
        || name.startsWith("system.posix_acl_")
        || (name.startsWith("user.") && !name.startsWith("user.overlay."));
  }

  /** Sets those that go along; ones a file system does not have are passed over. */
  public static void set(
      FileCalls calls, int directory, String name, Map<String, byte[]> attributes) {
    attributes.forEach(
        (attribute, value) -> {
          if (areTaken(attribute)) {
            setOne(calls, directory, name, attribute, value);
          }
        });
  }

  private static void setOne(
      FileCalls calls, int directory, String name, String attribute, byte[] value) {
    try {
      calls.setAttribute(directory, name, attribute, value);
    } catch (KernelException e) {
      // Not every file system has them, and links and devices have none of the user's.
      boolean harmless =
          e.errno().equals(Errno.EOPNOTSUPP)
              || (e.errno().equals(Errno.EPERM) && attribute.startsWith("user."));
      if (!harmless) {
        throw e;
      }
    }
  }
}
