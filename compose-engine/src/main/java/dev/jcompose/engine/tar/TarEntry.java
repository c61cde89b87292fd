package dev.jcompose.engine.tar;

import dev.jcompose.engine.linux.files.FileName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header of one archive member.
 *
 * @param name path as the archive has it, bytes that are no UTF-8 kept as {@link FileName} does;
 *     what this package writes has no leading slash, and directories end in one
 * @param type what it is
 * @param mode permission bits with setuid, setgid and sticky, 0 to 07777
 * @param uid owner
 * @param gid group
 * @param size bytes of content that follow; zero for all but regular files
 * @param mtime seconds since 1970, never negative
 * @param linkName target of a symbolic link, or name of an earlier member for a hard link; else
 *     empty
 * @param deviceMajor of a device node; else zero
 * @param deviceMinor of a device node; else zero
 * @param xattrs extended attributes by full name, sorted
 */
public record TarEntry(
    String name,
    Type type,
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    String linkName,
    int deviceMajor,
    int deviceMinor,
    Map<String, byte[]> xattrs) {
  /** The kinds of member, with the letter POSIX gives them. */
  public enum Type {
    FILE('0'),
    HARD_LINK('1'),
    SYMLINK('2'),
    CHARACTER_DEVICE('3'),
    BLOCK_DEVICE('4'),
    DIRECTORY('5'),
    FIFO('6');

    final char flag;

    Type(char flag) {
      this.flag = flag;
    }
  }

  public TarEntry {
    xattrs = Collections.unmodifiableMap(new LinkedHashMap<>(xattrs));
  }

  /** A regular file owned by root. */
  public static TarEntry file(String name, int mode, long size, long mtime) {
    return new TarEntry(name, Type.FILE, mode, 0, 0, size, mtime, "", 0, 0, Map.of());
  }

  /** A directory owned by root; the trailing slash is added. */
  public static TarEntry directory(String name, int mode, long mtime) {
    String withSlash = name.endsWith("/") ? name : name + "/";
    return new TarEntry(withSlash, Type.DIRECTORY, mode, 0, 0, 0, mtime, "", 0, 0, Map.of());
  }

  /** A symbolic link owned by root. */
  public static TarEntry symlink(String name, String target, long mtime) {
    return new TarEntry(name, Type.SYMLINK, 0777, 0, 0, 0, mtime, target, 0, 0, Map.of());
  }

  byte[] nameBytes() {
    return FileName.encode(name);
  }

  byte[] linkBytes() {
    return FileName.encode(linkName);
  }
}
