package dev.jcompose.engine.linux.files;

/**
 * What a name in a directory stands for.
 *
 * @param mode type and permission bits
 * @param uid owner
 * @param gid group
 * @param size bytes
 * @param mtime last change of the content, seconds since 1970
 * @param inode number of the file on its file system
 * @param links names the file has
 * @param nodeMajor of a device node
 * @param nodeMinor of a device node
 * @param device of the file system: major in the upper half, minor in the lower
 * @param mtimeNanos last change of the content, nanoseconds since 1970
 * @param ctimeNanos last change of anything about the file, nanoseconds since 1970; nobody but the
 *     kernel can set it
 */
public record FileFacts(
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    long inode,
    long links,
    int nodeMajor,
    int nodeMinor,
    long device,
    long mtimeNanos,
    long ctimeNanos) {
  private static final int TYPE_BITS = 0170000;

  /** The bits that say which kind of file it is. */
  public int type() {
    return mode & TYPE_BITS;
  }

  /** The permission bits with setuid, setgid and sticky. */
  public int permissions() {
    return mode & 07777;
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return type() == 0040000;
  }

  /** Whether it is a symbolic link. */
  public boolean isSymlink() {
    return type() == 0120000;
  }
}
