package dev.jcompose.engine.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a few pieces ahead of whoever reads this one: what the
 * stream has to compute then happens beside what is done with it.
 */
public final class ReadAhead extends InputStream {
  private static final int PIECE = 1 << 18;
  private static final int PIECES = 4;

  /**
   * @param bytes from the beginning of a piece's memory; fewer than there is room at the end
   */
  private record Piece(ByteBuffer bytes, @Nullable Exception failure) {}

  private final BufferInput in;
  private final MessageDigest digest;
  private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES + 1);
  private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(PIECES);
  private final Thread thread;
  private final Arena memory = Arena.ofShared();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  /**
   * Begins to read the stream, which is closed together with this one.
   *
   * @param digest takes in all bytes of the stream, on the other thread too; it is complete when
   *     this stream has come to its end
   */
  public ReadAhead(InputStream in, MessageDigest digest) {
    this.in = BufferInput.of(in);
    this.digest = digest;
    for (int i = 0; i < PIECES; i++) {
      empty.add(memory.allocate(PIECE).asByteBuffer());
    }
    thread = Thread.ofPlatform().daemon().name("read ahead").start(this::readAhead);
  }

  private void readAhead() {
    try {
      boolean more = true;
      while (more) {
        Piece piece = piece(empty.take().clear());
        full.put(piece);
        more = piece.bytes.limit() == PIECE;
      }
    } catch (InterruptedException e) {
      // Closed: nobody reads what would come.
    }
  }

  private Piece piece(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining() && in.read(bytes) >= 0) {
        // Until it is full or the stream has ended.
      }
      digest.update(bytes.flip());
      return new Piece(bytes.rewind(), null);
    } catch (IOException | RuntimeException e) {
      return new Piece(bytes.position(0).limit(0), e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(target, offset, count);
    return count;
  }

  /**
   * What comes next, where it is, outside the heap, which saves copying it.
   *
   * @param most bytes that are wanted, at least one
   * @return valid until something else is asked of this stream; null at its end
   */
  public @Nullable ByteBuffer lend(int most) throws IOException {
    if (!hasMore()) {
      return null;
    }
    int count = Math.min(most, current.remaining());
    ByteBuffer lent = current.slice(current.position(), count);
    current.position(current.position() + count);
    return lent;
  }

  private boolean hasMore() throws IOException {
    while (!current.hasRemaining() && !ended) {
      next();
    }
    return current.hasRemaining();
  }

  private void next() throws IOException {
    Piece piece;
    try {
      if (current.isDirect()) {
        empty.put(current);
      }
      piece = full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("given up while reading");
    }
    current = piece.bytes;
    ended = current.limit() < PIECE;
    Exception failure = piece.failure;
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        // The stream must not be closed, and its native memory freed, while it is read.
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    in.close();
    if (memory.scope().isAlive()) {
      memory.close();
    }
  }
}
