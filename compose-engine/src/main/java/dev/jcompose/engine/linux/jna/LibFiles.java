package dev.jcompose.engine.linux.jna;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The C library's functions about files below a directory. */
final class LibFiles {
  static {
    Native.register(LibFiles.class, "c");
  }

  private LibFiles() {}

  static native int openat(int directory, byte[] name, int flags, int mode);

  static native int mkdirat(int directory, byte[] name, int mode);

  static native int symlinkat(byte[] target, int directory, byte[] name);

  static native int linkat(int from, byte[] fromName, int to, byte[] toName, int flags);

  static native int mknodat(int directory, byte[] name, int mode, long device);

  static native int unlinkat(int directory, byte[] name, int flags);

  static native long readlinkat(int directory, byte[] name, byte[] buffer, long size);

  static native int statx(int directory, byte[] name, int flags, int mask, byte[] buffer);

  static native int fchownat(int directory, byte[] name, int uid, int gid, int flags);

  static native int fchmodat(int directory, byte[] name, int mode, int flags);

  static native int fchmod(int descriptor, int mode);

  static native int fchown(int descriptor, int uid, int gid);

  static native int utimensat(int directory, byte[] name, long[] times, int flags);

  static native int futimens(int descriptor, long[] times);

  static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

  static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size);

  static native long llistxattr(byte[] path, byte @Nullable [] list, long size);

  static native long write(int descriptor, ByteBuffer buffer, long size);

  static native long write(int descriptor, byte[] buffer, long size);

  static native long read(int descriptor, byte[] buffer, long size);

  @SuppressWarnings("MemberName") // The C library's name.
  static native long copy_file_range(
      int from, long @Nullable [] fromAt, int to, long @Nullable [] toAt, long size, int flags);

  static native long syscall(long number, long descriptor, byte[] buffer, long size);

  static native int syncfs(int descriptor);

  static native int close(int descriptor);
}
