package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.util.Arrays;

/**
 * The two marks for what a layer deletes. In archives (OCI image-spec 1.1, {@code layer.md}) they
 * are files with special names; in a directory that overlayfs mounts (Documentation/filesystems/
 * overlayfs.rst) they are a device 0:0 and an attribute.
 */
public final class Whiteouts {
  /** In an archive: the rest of the name is deleted below. */
  static final String PREFIX = ".wh.";

  /** In an archive: nothing of this directory shows from below. */
  static final String OPAQUE = ".wh..wh..opq";

  /** Names that another union file system used for itself; they mean nothing here. */
  static final String FOREIGN = ".wh..wh.";

  private static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";
  private static final byte[] YES = {'y'};

  private Whiteouts() {}

  /** Whether this is the device 0:0 that stands for a deleted name. */
  public static boolean isWhiteout(FileFacts facts) {
    return facts.type() == Abi.S_IFCHR && facts.nodeMajor() == 0 && facts.nodeMinor() == 0;
  }

  /** Whether nothing shows through this directory from below. */
  public static boolean isOpaque(FileCalls calls, int directory, String name) {
    return Arrays.equals(YES, calls.attributes(directory, name).get(OPAQUE_ATTRIBUTE));
  }

  static void make(FileCalls calls, int directory, String name) {
    calls.makeNode(directory, name, Abi.S_IFCHR, 0, 0);
  }

  static void makeOpaque(FileCalls calls, int directory, String name) {
    calls.setAttribute(directory, name, OPAQUE_ATTRIBUTE, YES);
  }
}
