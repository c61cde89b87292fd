package dev.jcompose.engine.tar;

import dev.jcompose.engine.linux.files.FileName;
import java.nio.charset.StandardCharsets;

/** One block of 512 bytes read as a header: v7, POSIX ustar and old GNU. */
final class TarHeader {
  static final int SIZE = 512;
  private static final int CHECKSUM = 148;
  private static final int MAGIC = 257;

  private final byte[] block;

  TarHeader(byte[] block) {
    this.block = block;
  }

  byte[] block() {
    return block;
  }

  boolean isEmpty() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Old archivers summed signed bytes; readers accept both. */
  boolean hasRightChecksum() {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < SIZE; i++) {
      byte b = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    long stated = number(CHECKSUM, 8);
    return stated == unsigned || stated == signed;
  }

  char flag() {
    return (char) (block[156] & 0xff);
  }

  String name() {
    String prefix = isPosix() ? text(345, 155) : "";
    return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
  }

  String linkName() {
    return text(157, 100);
  }

  int mode() {
    return (int) number(100, 8);
  }

  long uid() {
    return number(108, 8);
  }

  long gid() {
    return number(116, 8);
  }

  long size() {
    return number(124, 12);
  }

  long mtime() {
    return number(136, 12);
  }

  int deviceMajor() {
    return hasDevices() ? (int) number(329, 8) : 0;
  }

  int deviceMinor() {
    return hasDevices() ? (int) number(337, 8) : 0;
  }

  /** Old GNU archives use the bytes of POSIX's prefix for other things. */
  private boolean isPosix() {
    return block[MAGIC + 5] == 0 && hasDevices();
  }

  private boolean hasDevices() {
    return new String(block, MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return FileName.decode(block, offset, end - offset);
  }

  /**
   * A number in octal digits, or in GNU's base 256 when the first bit is set.
   *
   * @throws NumberFormatException when it is neither or does not fit
   */
  long number(int offset, int length) {
    return number(block, offset, length);
  }

  static long number(byte[] bytes, int offset, int length) {
    if ((bytes[offset] & 0x80) != 0) {
      return base256(bytes, offset, length);
    }
    String digits =
        new String(bytes, offset, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static long base256(byte[] bytes, int offset, int length) {
    boolean negative = (bytes[offset] & 0x40) != 0;
    long value = negative ? -1 : 0;
    value = value << 6 | (bytes[offset] & 0x3f);
    for (int i = offset + 1; i < offset + length; i++) {
      long next = value << 8 | (bytes[i] & 0xff);
      if (next >> 8 != value) {
        throw new NumberFormatException("a number of more than 63 bits");
      }
      value = next;
    }
    return value;
  }
}
