package dev.jcompose.engine.linux.jna;

import com.sun.jna.Native;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.FileName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files of this machine through the C library. It has no state; one is enough. */
public final class JnaFileCalls implements FileCalls {
  private static final int O_DIRECTORY_X86 = 0200000;
  private static final int O_NOFOLLOW_X86 = 0400000;
  private static final int O_DIRECTORY_ARM = 040000;
  private static final int O_NOFOLLOW_ARM = 0100000;
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final int O_DIRECTORY = ARM ? O_DIRECTORY_ARM : O_DIRECTORY_X86;
  private static final int O_NOFOLLOW = ARM ? O_NOFOLLOW_ARM : O_NOFOLLOW_X86;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int STATX_BASIC = 0x7ff;
  private static final int STATX_SIZE = 256;
  private static final int LONGEST_LINK = 4096;
  private static final int LIST_BUFFER = 1 << 15;
  private static final long GETDENTS64 = ARM ? 61 : 217;
  private static final int LARGEST_ATTRIBUTE = 1 << 16;
  private static final long MOST_AT_ONCE = 1 << 30;
  private static final int COPY_BLOCK = 1 << 16;

  @Override
  public int openDirectory(Path path) {
    int flags = Abi.O_RDONLY | Abi.O_CLOEXEC | O_DIRECTORY;
    return checked(
        LibFiles.openat(Abi.AT_FDCWD, bytes(path.toString()), flags, 0), "open", path.toString());
  }

  @Override
  public int openDirectory(int directory, String name) {
    int flags = Abi.O_RDONLY | Abi.O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW;
    return checked(LibFiles.openat(directory, bytes(name), flags, 0), "open directory", name);
  }

  @Override
  public int createFile(int directory, String name, int mode) {
    int flags = Abi.O_WRONLY | Abi.O_CREAT | Abi.O_EXCL | Abi.O_CLOEXEC | O_NOFOLLOW;
    return checked(LibFiles.openat(directory, bytes(name), flags, mode), "create", name);
  }

  @Override
  public int openFile(int directory, String name) {
    int flags = Abi.O_RDONLY | Abi.O_CLOEXEC | Abi.O_NONBLOCK | O_NOFOLLOW;
    return checked(LibFiles.openat(directory, bytes(name), flags, 0), "open", name);
  }

  @Override
  public void makeDirectory(int directory, String name, int mode) {
    checked(LibFiles.mkdirat(directory, bytes(name), mode), "make directory", name);
  }

  @Override
  public void makeSymlink(String target, int directory, String name) {
    checked(LibFiles.symlinkat(bytes(target), directory, bytes(name)), "make link", name);
  }

  @Override
  public void makeHardLink(int fromDirectory, String fromName, int directory, String name) {
    checked(
        LibFiles.linkat(fromDirectory, bytes(fromName), directory, bytes(name), 0), "link", name);
  }

  @Override
  public void makeNode(int directory, String name, int mode, int major, int minor) {
    long device =
        (minor & 0xffL)
            | (major & 0xfffL) << 8
            | (minor & ~0xffL) << 12
            | ((long) major & ~0xfffL) << 32;
    checked(LibFiles.mknodat(directory, bytes(name), mode, device), "make node", name);
  }

  @Override
  public void remove(int directory, String name) {
    checked(LibFiles.unlinkat(directory, bytes(name), 0), "remove", name);
  }

  @Override
  public void removeDirectory(int directory, String name) {
    checked(LibFiles.unlinkat(directory, bytes(name), AT_REMOVEDIR), "remove directory", name);
  }

  @Override
  public String readSymlink(int directory, String name) {
    byte[] target = new byte[LONGEST_LINK];
    long length = LibFiles.readlinkat(directory, bytes(name), target, target.length);
    checked((int) length, "read link", name);
    return FileName.decode(target, 0, (int) length);
  }

  @Override
  public @Nullable FileFacts facts(int directory, String name) {
    byte[] buffer = new byte[STATX_SIZE];
    if (LibFiles.statx(directory, bytes(name), Abi.AT_SYMLINK_NOFOLLOW, STATX_BASIC, buffer) < 0) {
      Errno errno = new Errno(Native.getLastError());
      if (errno.equals(Errno.ENOENT)) {
        return null;
      }
      throw new KernelException("look at " + name, errno);
    }
    // struct statx is the same on every architecture.
    ByteBuffer statx = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
    return new FileFacts(
        statx.getShort(28) & 0xffff,
        Integer.toUnsignedLong(statx.getInt(20)),
        Integer.toUnsignedLong(statx.getInt(24)),
        statx.getLong(40),
        statx.getLong(112),
        statx.getLong(32),
        Integer.toUnsignedLong(statx.getInt(16)),
        statx.getInt(128),
        statx.getInt(132),
        ((long) statx.getInt(136) << 32) | Integer.toUnsignedLong(statx.getInt(140)),
        nanos(statx, 112),
        nanos(statx, 96));
  }

  private static long nanos(ByteBuffer statx, int at) {
    return statx.getLong(at) * 1_000_000_000L + Integer.toUnsignedLong(statx.getInt(at + 8));
  }

  @Override
  public List<String> names(int directory) {
    List<String> names = new ArrayList<>();
    // A descriptor of its own, because reading moves a position.
    int reading = openDirectory(directory, ".");
    try {
      byte[] buffer = new byte[LIST_BUFFER];
      ByteBuffer entries = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
      while (true) {
        int length =
            checked(
                (int) LibFiles.syscall(GETDENTS64, reading, buffer, buffer.length), "list", ".");
        if (length == 0) {
          return names;
        }
        // struct linux_dirent64: inode, offset, length of the entry at 16, type, name from 19.
        for (int at = 0; at < length; at += entries.getShort(at + 16) & 0xffff) {
          int end = at + 19;
          while (buffer[end] != 0) {
            end++;
          }
          String name = FileName.decode(buffer, at + 19, end - at - 19);
          if (!name.equals(".") && !name.equals("..")) {
            names.add(name);
          }
        }
      }
    } finally {
      close(reading);
    }
  }

  @Override
  public void setOwner(int directory, String name, long uid, long gid) {
    checked(
        LibFiles.fchownat(directory, bytes(name), (int) uid, (int) gid, Abi.AT_SYMLINK_NOFOLLOW),
        "set the owner of",
        name);
  }

  @Override
  public void setMode(int descriptor, int mode) {
    checked(LibFiles.fchmod(descriptor, mode), "set the mode of", "descriptor " + descriptor);
  }

  @Override
  public void setMode(int directory, String name, int mode) {
    checked(LibFiles.fchmodat(directory, bytes(name), mode, 0), "set the mode of", name);
  }

  @Override
  public void setOwner(int descriptor, long uid, long gid) {
    checked(
        LibFiles.fchown(descriptor, (int) uid, (int) gid),
        "set the owner of",
        "descriptor " + descriptor);
  }

  @Override
  public void setTime(int directory, String name, long seconds) {
    checked(
        LibFiles.utimensat(directory, bytes(name), times(seconds), Abi.AT_SYMLINK_NOFOLLOW),
        "set the time of",
        name);
  }

  @Override
  public void setTime(int descriptor, long seconds) {
    checked(
        LibFiles.futimens(descriptor, times(seconds)),
        "set the time of",
        "descriptor " + descriptor);
  }

  private static long[] times(long seconds) {
    return new long[] {seconds, 0, seconds, 0};
  }

  @Override
  public void setAttribute(int directory, String name, String attribute, byte[] value) {
    checked(
        LibFiles.lsetxattr(throughProc(directory, name), bytes(attribute), value, value.length, 0),
        "set attribute " + attribute + " of",
        name);
  }

  @Override
  public Map<String, byte[]> attributes(int directory, String name) {
    byte[] path = throughProc(directory, name);
    long size = LibFiles.llistxattr(path, null, 0);
    if (size <= 0) {
      return Map.of();
    }
    byte[] list = new byte[(int) size];
    long length = LibFiles.llistxattr(path, list, list.length);
    Map<String, byte[]> attributes = new LinkedHashMap<>();
    if (length <= 0) {
      return attributes;
    }
    for (String attribute : FileName.decode(list, 0, (int) length - 1).split("\0", -1)) {
      byte[] value = new byte[LARGEST_ATTRIBUTE];
      long valueSize = LibFiles.lgetxattr(path, bytes(attribute), value, value.length);
      if (valueSize >= 0) {
        attributes.put(attribute, Arrays.copyOf(value, (int) valueSize));
      }
    }
    return attributes;
  }

  /** There is no {@code …at} call for attributes; the descriptor's own path pins the directory. */
  private static byte[] throughProc(int directory, String name) {
    return bytes("/proc/self/fd/" + directory + "/" + name);
  }

  @Override
  public void write(int descriptor, ByteBuffer direct) {
    while (direct.hasRemaining()) {
      long written = LibFiles.write(descriptor, direct.slice(), direct.remaining());
      checked((int) written, "write", "descriptor " + descriptor);
      direct.position(direct.position() + (int) written);
    }
  }

  @Override
  public int read(int descriptor, byte[] into) {
    return checked(
        (int) LibFiles.read(descriptor, into, into.length), "read", "descriptor " + descriptor);
  }

  @Override
  public long copyContent(int from, int to) {
    long copied = 0;
    while (true) {
      long count = LibFiles.copy_file_range(from, null, to, null, MOST_AT_ONCE, 0);
      if (count < 0) {
        Errno errno = new Errno(Native.getLastError());
        // Another file system, or one that cannot do it: then through memory, from here on.
        if (errno.equals(Errno.EXDEV)
            || errno.equals(Errno.EINVAL)
            || errno.equals(Errno.EOPNOTSUPP)
            || errno.equals(Errno.ENOSYS)) {
          return copied + copyThroughMemory(from, to);
        }
        throw new KernelException("copy descriptor " + from, errno);
      }
      // Files of /proc and /sys say they are empty; only reading tells.
      if (count == 0) {
        return copied == 0 ? copyThroughMemory(from, to) : copied;
      }
      copied += count;
    }
  }

  private long copyThroughMemory(int from, int to) {
    byte[] block = new byte[COPY_BLOCK];
    long copied = 0;
    for (int count = read(from, block); count > 0; count = read(from, block)) {
      int done = 0;
      while (done < count) {
        byte[] rest = done == 0 ? block : Arrays.copyOfRange(block, done, count);
        done += checked((int) LibFiles.write(to, rest, count - done), "write", "descriptor " + to);
      }
      copied += count;
    }
    return copied;
  }

  @Override
  public void syncFileSystem(Path path) {
    int descriptor = openDirectory(path);
    try {
      checked(LibFiles.syncfs(descriptor), "sync the disk of", path.toString());
    } finally {
      close(descriptor);
    }
  }

  @Override
  public void close(int descriptor) {
    LibFiles.close(descriptor);
  }

  private static byte[] bytes(String text) {
    byte[] name = FileName.encode(text);
    return Arrays.copyOf(name, name.length + 1);
  }

  private static int checked(int result, String call, String object) {
    if (result < 0) {
      throw new KernelException(call + " " + object, new Errno(Native.getLastError()));
    }
    return result;
  }
}
