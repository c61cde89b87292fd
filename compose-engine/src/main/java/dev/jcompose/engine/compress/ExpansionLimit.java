package dev.jcompose.engine.compress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Stops reading what only an attacker would send: data that grow beyond all measure, so that a few
 * kilobytes fill a disk. Small ones may be as dense as they like, for a file of zeros is that too.
 */
final class ExpansionLimit extends BufferInput {
  /** Bytes that anything may expand to. */
  static final long FREE = 4L << 30;

  /**
   * How many times as large as before what is larger may be. Gzip reaches a thousand with zeros
   * alone; programs and texts stay below twenty.
   */
  static final long RATIO = 500;

  /** Makes the stream that takes the compression away. */
  @FunctionalInterface
  interface Decompressor {
    InputStream of(InputStream compressed) throws IOException;
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }

  private final BufferInput in;
  private final Counted compressed;
  private final long free;
  private final long ratio;
  private long expanded;

  private ExpansionLimit(BufferInput in, Counted compressed, long free, long ratio) {
    this.in = in;
    this.compressed = compressed;
    this.free = free;
    this.ratio = ratio;
  }

  static InputStream limited(InputStream compressed, Decompressor decompressor) throws IOException {
    return limited(compressed, decompressor, FREE, RATIO);
  }

  static InputStream limited(
      InputStream compressed, Decompressor decompressor, long free, long ratio) throws IOException {
    Counted counted = new Counted(compressed);
    return new ExpansionLimit(BufferInput.of(decompressor.of(counted)), counted, free, ratio);
  }

  @Override
  int read(ByteBuffer target) throws IOException {
    return checked(in.read(target));
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return checked(in.read(target, offset, length));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int checked(int count) throws IOException {
    expanded += Math.max(0, count);
    if (expanded > free && expanded / ratio > compressed.count) {
      throw new IOException(
          "these %d compressed bytes grow to more than %d, over %d times as much, as only an attack does; when you trust their maker, decompress them yourself and load the result"
              .formatted(compressed.count, expanded, ratio));
    }
    return count;
  }
}
