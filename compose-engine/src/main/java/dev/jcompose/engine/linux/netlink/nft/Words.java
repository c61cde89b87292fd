package dev.jcompose.engine.linux.netlink.nft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** 32-bit values as registers hold them. */
final class Words {
  private Words() {}

  /** A number in the machine's byte order, as the kernel stores states and kinds. */
  static byte[] of(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }
}
