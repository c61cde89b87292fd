package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/**
 * Raw deflate data (RFC 1951) on their way through ISA-L, which inflates twice as fast as zlib;
 * Debian's package is libisal2. Its {@code struct inflate_state} has the same layout in all of
 * version 2 of its binary interface. Whoever closes it may be another thread than the one that
 * inflates, and no method touches the memory after that.
 */
public final class IsalState implements AutoCloseable {
  /** Bytes that {@link #setInput} takes at most. */
  public static final int INPUT = 1 << 17;

  private static final int OUTPUT = 1 << 18;

  /** The structure has 87,368 bytes. */
  private static final int STATE = 1 << 17;

  private static final int NEXT_OUT = 0;
  private static final int AVAIL_OUT = 8;
  private static final int NEXT_IN = 16;
  private static final int AVAIL_IN = 32;
  private static final int READ_IN_LENGTH = 36;
  private static final int BLOCK_STATE = 21_160;
  private static final int BLOCK_FINISH = 5;

  private boolean closed;
  private final Memory memory = new Memory(STATE + INPUT + OUTPUT);
  private final Pointer pointer = memory.share(0);
  private final ByteBuffer state = memory.getByteBuffer(0, STATE).order(ByteOrder.nativeOrder());
  private final ByteBuffer input = memory.getByteBuffer(STATE, INPUT);
  private final ByteBuffer output = memory.getByteBuffer(STATE + INPUT, OUTPUT);
  private final long inputAddress = Pointer.nativeValue(pointer) + STATE;
  private final long outputAddress = inputAddress + INPUT;

  /** Only where {@link #isPresent}. */
  public IsalState() {
    reset();
  }

  /** Whether the library is installed and inflates as it should. */
  public static boolean isPresent() {
    return Present.YES;
  }

  /** Asked once: looking for a library that is missing costs more than a small archive. */
  private static final class Present {
    static final boolean YES = works();

    private static boolean works() {
      byte[] content = new byte[1000];
      Arrays.fill(content, 500, content.length, (byte) 'x');
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      byte[] deflated = new byte[100];
      deflater.setInput(content);
      deflater.finish();
      int length = deflater.deflate(deflated);
      deflater.end();
      try (IsalState isal = new IsalState()) {
        isal.setInput(deflated, 0, length);
        byte[] found = new byte[content.length];
        return isal.inflate(ByteBuffer.wrap(found)) == found.length
            && isal.finished()
            && Arrays.equals(content, found);
      } catch (UnsatisfiedLinkError | DataFormatException e) {
        return false;
      }
    }
  }

  /** Begins with new data; no input is left. */
  public synchronized void reset() {
    checkOpen();
    LibIsal.isal_inflate_init(pointer);
    state.putInt(AVAIL_IN, 0);
  }

  /** Gives what follows the input before, all of which must have been taken. */
  public synchronized void setInput(byte[] bytes, int offset, int length) {
    checkOpen();
    input.put(0, bytes, offset, length);
    state.putLong(NEXT_IN, inputAddress);
    state.putInt(AVAIL_IN, length);
  }

  /**
   * Inflates into the room of a buffer, which moves on. A direct one needs no copy.
   *
   * @return bytes written; 0 when the data have come to their end or more input is needed
   * @throws DataFormatException when the data are damaged
   */
  public synchronized int inflate(ByteBuffer target) throws DataFormatException {
    checkOpen();
    int room = target.isDirect() ? target.remaining() : Math.min(target.remaining(), OUTPUT);
    state.putLong(
        NEXT_OUT, target.isDirect() ? MemorySegment.ofBuffer(target).address() : outputAddress);
    state.putInt(AVAIL_OUT, room);
    int code = LibIsal.isal_inflate(pointer);
    int count = room - state.getInt(AVAIL_OUT);
    if (code < 0 || (count == 0 && !finished() && state.getInt(AVAIL_IN) > 0)) {
      throw new DataFormatException("ISA-L refuses them: " + code);
    }
    if (target.isDirect()) {
      target.position(target.position() + count);
    } else {
      target.put(output.slice(0, count));
    }
    return count;
  }

  /** Whether all of the data have been inflated and handed out. */
  public synchronized boolean finished() {
    checkOpen();
    return state.getInt(BLOCK_STATE) == BLOCK_FINISH;
  }

  /**
   * How many bytes at the end of all input so far were not needed. Up to eight of them may be from
   * before the last {@link #setInput}.
   */
  public synchronized int remaining() {
    checkOpen();
    return state.getInt(AVAIL_IN) + state.getInt(READ_IN_LENGTH) / Byte.SIZE;
  }

  @Override
  public synchronized void close() {
    closed = true;
    memory.close();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("inflating after the end");
    }
  }
}
