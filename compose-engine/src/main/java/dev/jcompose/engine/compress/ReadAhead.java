package dev.jcompose.engine.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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

  private static final class Piece {
    final byte[] bytes;
    final int length;
    final @Nullable Exception failure;

    Piece(byte[] bytes, int length, @Nullable Exception failure) {
      this.bytes = bytes;
      this.length = length;
      this.failure = failure;
    }
  }

  private final InputStream in;
  private final MessageDigest digest;
  private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES + 1);
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(PIECES);
  private final Thread thread;
  private Piece current = new Piece(new byte[0], 0, null);
  private int position;
  private boolean ended;

  /**
   * Begins to read the stream, which is closed together with this one.
   *
   * @param digest takes in all bytes of the stream, on the other thread too; it is complete when
   *     this stream has come to its end
   */
  public ReadAhead(InputStream in, MessageDigest digest) {
    this.in = in;
    this.digest = digest;
    for (int i = 0; i < PIECES; i++) {
      empty.add(new byte[PIECE]);
    }
    thread = Thread.ofPlatform().daemon().name("read ahead").start(this::readAhead);
  }

  private void readAhead() {
    try {
      boolean more = true;
      while (more) {
        byte[] bytes = empty.take();
        Piece piece = piece(bytes);
        full.put(piece);
        more = piece.length == bytes.length;
      }
    } catch (InterruptedException e) {
      // Closed: nobody reads what would come.
    }
  }

  private Piece piece(byte[] bytes) {
    try {
      int length = in.readNBytes(bytes, 0, bytes.length);
      digest.update(bytes, 0, length);
      return new Piece(bytes, length, null);
    } catch (IOException | RuntimeException e) {
      return new Piece(bytes, 0, e);
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
    while (position == current.length) {
      if (ended) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current.bytes, position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    try {
      if (current.bytes.length > 0) {
        empty.put(current.bytes);
      }
      current = full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("given up while reading");
    }
    position = 0;
    ended = current.length < current.bytes.length;
    Exception failure = current.failure;
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
  }
}
