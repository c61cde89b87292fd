package dev.jcompose.engine.http.channel;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from a channel as a blocking stream. The event loop offers, one other thread reads; the
 * loop should stop reading the channel while {@link #isFull}.
 */
public final class Inflow extends InputStream {
  private static final int FULL = 256 * 1024;

  private final Runnable whenRoom;
  private final Runnable beforeFirstRead;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int offset;
  private int size;
  private boolean ended;
  private boolean touched;
  private @Nullable String failure;

  /**
   * Creates an empty stream.
   *
   * @param whenRoom called on the reader's thread when the stream is no longer full
   * @param beforeFirstRead called on the reader's thread before it waits for the first byte
   */
  public Inflow(Runnable whenRoom, Runnable beforeFirstRead) {
    this.whenRoom = whenRoom;
    this.beforeFirstRead = beforeFirstRead;
  }

  /** Adds a copy of the readable bytes. */
  public void offer(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return;
    }
    byte[] piece = new byte[bytes.readableBytes()];
    bytes.readBytes(piece);
    lock.lock();
    try {
      pieces.addLast(piece);
      size += piece.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more bytes come. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The channel broke; the reader gets an error after the bytes that came before. */
  public void fail(String reason) {
    lock.lock();
    try {
      if (!ended) {
        failure = reason;
        ended = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the reader is behind. */
  public boolean isFull() {
    lock.lock();
    try {
      return size >= FULL;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all bytes have arrived, read or not. */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    boolean room;
    int count;
    lock.lock();
    try {
      if (!touched) {
        touched = true;
        if (pieces.isEmpty() && !ended) {
          beforeFirstRead.run();
        }
      }
      while (pieces.isEmpty()) {
        if (failure != null) {
          throw new IOException(failure);
        }
        if (ended) {
          return -1;
        }
        changed.await();
      }
      byte[] first = pieces.getFirst();
      count = Math.min(length, first.length - offset);
      System.arraycopy(first, offset, target, at, count);
      offset += count;
      if (offset == first.length) {
        pieces.removeFirst();
        offset = 0;
      }
      room = size >= FULL && size - count < FULL;
      size -= count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the client", e);
    } finally {
      lock.unlock();
    }
    if (room) {
      whenRoom.run();
    }
    return count;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }
}
