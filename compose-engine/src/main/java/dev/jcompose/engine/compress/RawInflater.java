package dev.jcompose.engine.compress;

import dev.jcompose.engine.linux.jna.IsalState;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates raw deflate data (RFC 1951), one after the other. Used by one thread. */
sealed interface RawInflater extends AutoCloseable {
  /** How many bytes {@link #remaining} may tell of that are older than the last input. */
  int OLDER = 8;

  /** The fastest one this machine has. */
  static RawInflater fastest() {
    return IsalState.isPresent() ? new Isal() : new Jdk();
  }

  /** Begins with new data; no input is left. */
  void reset();

  /** Gives what follows the input before, all of which must have been taken. */
  void setInput(byte[] bytes, int offset, int length);

  /**
   * Inflates into the room of a buffer, which moves on.
   *
   * @return bytes written; 0 when the data have come to their end or more input is needed
   * @throws DataFormatException when the data are damaged
   */
  int inflate(ByteBuffer target) throws DataFormatException;

  /** Whether the data have come to their end. */
  boolean finished();

  /** How many bytes at the end of all input so far do not belong to the data. */
  int remaining();

  /** Gives the memory back that is not Java's. */
  @Override
  void close();

  /** The zlib that Java has with it. */
  final class Jdk implements RawInflater {
    private final Inflater inflater = new Inflater(true);

    @Override
    public void reset() {
      inflater.reset();
    }

    @Override
    public void setInput(byte[] bytes, int offset, int length) {
      inflater.setInput(bytes, offset, length);
    }

    @Override
    public int inflate(ByteBuffer target) throws DataFormatException {
      int count = inflater.inflate(target);
      if (count == 0 && inflater.needsDictionary()) {
        throw new DataFormatException("they need a dictionary");
      }
      return count;
    }

    @Override
    public boolean finished() {
      return inflater.finished();
    }

    @Override
    public int remaining() {
      return inflater.getRemaining();
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  /** ISA-L, where it is installed. */
  final class Isal implements RawInflater {
    private final IsalState state = new IsalState();

    @Override
    public void reset() {
      state.reset();
    }

    @Override
    public void setInput(byte[] bytes, int offset, int length) {
      state.setInput(bytes, offset, length);
    }

    @Override
    public int inflate(ByteBuffer target) throws DataFormatException {
      return state.inflate(target);
    }

    @Override
    public boolean finished() {
      return state.finished();
    }

    @Override
    public int remaining() {
      return state.remaining();
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
