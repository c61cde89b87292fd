package dev.jcompose.core.attribute;

/** How a value that names a file is made absolute. */
public enum PathRule {
  /** It names no file of the host. */
  NONE,
  /** A path. */
  FILE,
  /** A path, without symbolic links: changes are reported where a file really is. */
  REAL_FILE,
  /** A path unless it is a URL or a Git repository. */
  CONTEXT,
  /** A path unless it is empty. */
  OPTIONAL,
  /** The source of a mount: a path for binds only. */
  MOUNT_SOURCE,
  /** A path for volumes that are really binds. */
  VOLUME_DEVICE
}
