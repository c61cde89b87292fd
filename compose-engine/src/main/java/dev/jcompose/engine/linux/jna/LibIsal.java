package dev.jcompose.engine.linux.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** The functions of ISA-L that inflate. Loading the class fails where the library is missing. */
final class LibIsal {
  static {
    Native.register(LibIsal.class, NativeLibrary.getInstance("libisal.so.2"));
  }

  private LibIsal() {}

  @SuppressWarnings("MemberName") // The library's name.
  static native void isal_inflate_init(Pointer state);

  @SuppressWarnings("MemberName") // The library's name.
  static native int isal_inflate(Pointer state);
}
