package dev.jcompose.engine.linux.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The few functions of the C library that are called. Everything else is a plain system call. */
final class LibC {
  private LibC() {}

  static {
    Native.register(LibC.class, "c");
  }

  static native long syscall(long number, long a, long b, long c, long d, long e, long f);

  static native int posix_spawn(
      int[] pid, String path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

  static native int posix_spawn_file_actions_init(Pointer actions);

  static native int posix_spawn_file_actions_destroy(Pointer actions);

  static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

  static native int posix_spawnattr_init(Pointer attributes);

  static native int posix_spawnattr_destroy(Pointer attributes);

  static native int posix_spawnattr_setflags(Pointer attributes, short flags);

  static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

  static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);
}
