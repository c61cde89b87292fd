package dev.jcompose.engine.tar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What stat(2) tells of a file.
 *
 * @param mode type and permission bits
 * @param uid owner
 * @param gid group
 * @param size bytes
 * @param mtime last change of the content, seconds since 1970
 * @param device number of the file system
 * @param inode number within the file system
 * @param node number of the device that a device node stands for
 * @param links names the file has
 */
public record FileStatus(
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    long device,
    long inode,
    long node,
    int links) {
  private static final int TYPE_BITS = 0170000;
  private static final String WANTED = "unix:mode,uid,gid,size,lastModifiedTime,dev,ino,rdev,nlink";

  /** Of the file itself, also when it is a symbolic link. */
  public static FileStatus of(Path path) throws IOException {
    Map<String, Object> values = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
    return new FileStatus(
        integer(values, "mode"),
        Integer.toUnsignedLong(integer(values, "uid")),
        Integer.toUnsignedLong(integer(values, "gid")),
        number(values, "size"),
        ((FileTime) value(values, "lastModifiedTime")).to(TimeUnit.SECONDS),
        number(values, "dev"),
        number(values, "ino"),
        number(values, "rdev"),
        integer(values, "nlink"));
  }

  /** The bits that say which kind of file it is. */
  public int type() {
    return mode & TYPE_BITS;
  }

  /** The permission bits with setuid, setgid and sticky. */
  public int permissions() {
    return mode & 07777;
  }

  int nodeMajor() {
    return (int) ((node >>> 8 & 0xfff) | (node >>> 32 & ~0xfffL));
  }

  int nodeMinor() {
    return (int) ((node & 0xff) | (node >>> 12 & ~0xffL));
  }

  private static int integer(Map<String, Object> values, String name) {
    return (Integer) value(values, name);
  }

  private static long number(Map<String, Object> values, String name) {
    return (Long) value(values, name);
  }

  private static Object value(Map<String, Object> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
