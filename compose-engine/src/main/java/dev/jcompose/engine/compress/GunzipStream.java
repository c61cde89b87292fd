package dev.jcompose.engine.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * Inflates gzip members one after the other until the end of the stream. Unlike the JDK's own
 * stream it reads in large pieces and never takes a pause of the sender for the end (facts: half as
 * fast again).
 */
final class GunzipStream extends BufferInput {
  private static final int BUFFER = 1 << 17;
  private static final int TRAILER = 8;
  private static final int HEADER = 10;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream in;
  private final RawInflater inflater;
  private final CRC32 crc = new CRC32();

  /** Begins with the last bytes of what was in it before. */
  private final byte[] buffer = new byte[RawInflater.OLDER + BUFFER];

  private int position = RawInflater.OLDER;
  private int limit = RawInflater.OLDER;
  private long size;
  private boolean inMember;
  private boolean first = true;
  private boolean ended;

  GunzipStream(InputStream in) {
    this(in, RawInflater.fastest());
  }

  /**
   * @param inflater closed together with this stream
   */
  GunzipStream(InputStream in, RawInflater inflater) {
    this.in = in;
    this.inflater = inflater;
  }

  @Override
  int read(ByteBuffer target) throws IOException {
    while (!ended) {
      if (!inMember && !beginMember()) {
        break;
      }
      int count = inflate(target);
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  private int inflate(ByteBuffer target) throws IOException {
    int begin = target.position();
    try {
      while (true) {
        int count = inflater.inflate(target);
        if (count > 0) {
          crc.update(target.duplicate().flip().position(begin));
          size += count;
          return count;
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (!fill()) {
          throw new EOFException("the gzip data end too early");
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
      }
    } catch (DataFormatException e) {
      throw new IOException("the gzip data are damaged", e);
    }
  }

  /** Reads a member's header; tells false at the end of the stream or at padding after it. */
  private boolean beginMember() throws IOException {
    int magic = next();
    if (magic != 0x1f) {
      if (first) {
        throw new IOException("these are no gzip data");
      }
      // Padding after the last member is allowed by every reader there is.
      ended = true;
      return false;
    }
    byte[] header = new byte[HEADER - 1];
    for (int i = 0; i < header.length; i++) {
      header[i] = (byte) required();
    }
    if ((header[0] & 0xff) != 0x8b || header[1] != 8) {
      throw new IOException("these are no gzip data");
    }
    int flags = header[2];
    if ((flags & HAS_EXTRA) != 0) {
      int length = required() | required() << 8;
      for (int i = 0; i < length; i++) {
        required();
      }
    }
    skipText((flags & HAS_NAME) != 0);
    skipText((flags & HAS_COMMENT) != 0);
    if ((flags & HAS_CRC) != 0) {
      required();
      required();
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    position = limit;
    crc.reset();
    size = 0;
    inMember = true;
    first = false;
    return true;
  }

  private void skipText(boolean present) throws IOException {
    int b = present ? required() : 0;
    while (b != 0) {
      b = required();
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.remaining();
    long[] trailer = new long[TRAILER];
    for (int i = 0; i < TRAILER; i++) {
      trailer[i] = required();
    }
    if (number(trailer, 0) != crc.getValue() || number(trailer, 4) != (size & 0xffffffffL)) {
      throw new IOException("the gzip data are damaged: their checksum is wrong");
    }
    inMember = false;
  }

  private static long number(long[] bytes, int at) {
    return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24;
  }

  private int required() throws IOException {
    int b = next();
    if (b < 0) {
      throw new EOFException("the gzip data end too early");
    }
    return b;
  }

  private int next() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, limit - RawInflater.OLDER, buffer, 0, RawInflater.OLDER);
    position = RawInflater.OLDER;
    limit = RawInflater.OLDER;
    int count = in.read(buffer, limit, BUFFER);
    if (count < 0) {
      return false;
    }
    limit += count;
    return true;
  }

  @Override
  public void close() throws IOException {
    inflater.close();
    in.close();
  }
}
