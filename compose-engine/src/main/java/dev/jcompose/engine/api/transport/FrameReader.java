package dev.jcompose.engine.api.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart output of a container: eight bytes of header (source, three zeros, length in big
 * endian) before each piece when multiplexed, else bytes as they come, taken as standard output.
 */
public final class FrameReader implements AutoCloseable {
  private static final int MAX_PIECE = 64 * 1024;
  private static final Frame.Source[] SOURCES = Frame.Source.values();

  private final InputStream in;
  private final boolean multiplexed;
  private final byte[] header = new byte[8];
  private Frame.Source source = Frame.Source.STDOUT;
  private long left;
  private volatile boolean closed;

  /** Reads frames from a stream; closing the reader closes the stream. */
  public FrameReader(InputStream in, boolean multiplexed) {
    this.in = in;
    this.multiplexed = multiplexed;
  }

  /**
   * The next piece, null at the end or once closed. A frame longer than 64 KiB comes in several
   * pieces.
   */
  public @Nullable Frame next() {
    try {
      if (!multiplexed) {
        byte[] piece = new byte[MAX_PIECE];
        int count = in.read(piece);
        return count < 0 ? null : new Frame(Frame.Source.STDOUT, Arrays.copyOf(piece, count));
      }
      while (left == 0) {
        if (!readHeader()) {
          return null;
        }
      }
      byte[] piece = new byte[(int) Math.min(left, MAX_PIECE)];
      if (in.readNBytes(piece, 0, piece.length) < piece.length) {
        throw new EOFException("the stream ended inside a frame");
      }
      left -= piece.length;
      return new Frame(source, piece);
    } catch (IOException e) {
      if (closed) {
        return null;
      }
      throw new ConnectionLostException("the output broke off: " + e.getMessage(), e);
    }
  }

  /** Stops reading. Safe from any thread. */
  @Override
  public void close() {
    closed = true;
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is left to be done with it either way.
    }
  }

  private boolean readHeader() throws IOException {
    int count = in.readNBytes(header, 0, header.length);
    if (count == 0) {
      return false;
    }
    if (count < header.length) {
      throw new EOFException("the stream ended inside the header of a frame");
    }
    int number = header[0];
    if (number < 0 || number >= SOURCES.length) {
      throw new IOException("a frame of unknown source " + number);
    }
    source = SOURCES[number];
    left =
        (header[4] & 0xffL) << 24
            | (header[5] & 0xffL) << 16
            | (header[6] & 0xffL) << 8
            | (header[7] & 0xffL);
    return true;
  }
}
