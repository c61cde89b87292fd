package dev.jcompose.engine.compress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream that reads into memory outside the heap too, where native code can write by itself. */
abstract class BufferInput extends InputStream {
  /** The same stream; one that knows arrays only is read through an array. */
  static BufferInput of(InputStream in) {
    return in instanceof BufferInput already ? already : new ThroughAnArray(in);
  }

  /**
   * Reads what is there, and waits for at least one byte.
   *
   * @param target with some room
   * @return bytes read; -1 at the end
   */
  abstract int read(ByteBuffer target) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return length == 0 ? 0 : read(ByteBuffer.wrap(target, offset, length));
  }

  private static final class ThroughAnArray extends BufferInput {
    private static final int MOST = 1 << 16;

    private final InputStream in;
    private byte[] array = {};

    ThroughAnArray(InputStream in) {
      this.in = in;
    }

    @Override
    int read(ByteBuffer target) throws IOException {
      if (array.length == 0) {
        array = new byte[MOST];
      }
      int count = in.read(array, 0, Math.min(array.length, target.remaining()));
      if (count > 0) {
        target.put(array, 0, count);
      }
      return count;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return in.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
