package dev.jcompose.engine.container.stream;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** The writing side of a process's standard input or terminal. */
public final class ProcessInput {
  private static final int BLOCK = 16 * 1024;

  private final Kernel kernel;
  private final KernelEvents events;
  private final int descriptor;
  private final boolean owned;
  private final Runnable atEnd;
  private boolean closed;

  /**
   * Wraps a non-blocking descriptor.
   *
   * @param owned close it with this object; a terminal belongs to the pump that reads it
   * @param atEnd done once after {@link #end}, to make others let go of the input too
   */
  public ProcessInput(
      Kernel kernel, KernelEvents events, int descriptor, boolean owned, Runnable atEnd) {
    this.kernel = kernel;
    this.events = events;
    this.descriptor = descriptor;
    this.owned = owned;
    this.atEnd = atEnd;
  }

  /**
   * Writes all bytes; blocks while the process does not read.
   *
   * @throws IOException when nobody reads any more
   */
  synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(Math.min(BLOCK, Math.max(1, length)));
    int at = offset;
    int end = offset + length;
    while (at < end) {
      block.clear();
      int count = Math.min(block.capacity(), end - at);
      block.put(bytes, at, count).flip();
      at += count;
      while (block.hasRemaining()) {
        if (closed) {
          throw new IOException("standard input is closed");
        }
        try {
          if (kernel.write(descriptor, block) < 0) {
            awaitWritable();
          }
        } catch (KernelException e) {
          throw new IOException("the process no longer reads its input", e);
        }
      }
    }
  }

  private void awaitWritable() throws IOException {
    CountDownLatch writable = new CountDownLatch(1);
    KernelEvents.Watch watch = events.watchWritable(descriptor, writable::countDown);
    try {
      writable.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing input", e);
    } finally {
      watch.close();
    }
  }

  /** No more input: the process sees the end, unless it has a terminal. */
  public synchronized void end() {
    if (!closed) {
      close();
      atEnd.run();
    }
  }

  /** The engine lets go of the input, which may go on with another engine. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (owned) {
        kernel.close(descriptor);
      }
    }
  }
}
