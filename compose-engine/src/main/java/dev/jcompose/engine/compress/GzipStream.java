package dev.jcompose.engine.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes one gzip member, compressing blocks on all processors. Each block knows the 32 KiB before
 * it, as pigz does it, so the result is hardly larger than a serial one; it depends on the input
 * alone, not on the number of threads. Used by one thread.
 */
public final class GzipStream extends OutputStream {
  private static final int BLOCK = 1 << 20;
  private static final int WINDOW = 1 << 15;
  private static final int LEVEL = 6;
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final OutputStream out;
  private final int most = Runtime.getRuntime().availableProcessors() + 1;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          most - 1, Thread.ofPlatform().name("gzip-", 0).daemon().factory());
  private final Deque<Future<byte[]>> pending = new ArrayDeque<>();
  private final CRC32 crc = new CRC32();
  private byte[] window = new byte[0];
  private byte[] block = new byte[BLOCK];
  private int filled;
  private long length;
  private boolean closed;

  public GzipStream(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    crc.update(bytes, offset, count);
    length += count;
    int at = offset;
    int left = count;
    while (left > 0) {
      if (filled == BLOCK) {
        submit(false);
      }
      int part = Math.min(left, BLOCK - filled);
      System.arraycopy(bytes, at, block, filled, part);
      filled += part;
      at += part;
      left -= part;
    }
  }

  private void submit(boolean last) throws IOException {
    byte[] before = window;
    byte[] content = block;
    int size = filled;
    pending.add(workers.submit(() -> deflate(before, content, size, last)));
    window = Arrays.copyOfRange(content, Math.max(0, size - WINDOW), size);
    block = new byte[last ? 0 : BLOCK];
    filled = 0;
    while (pending.size() > (last ? 0 : most)) {
      writeFirst();
    }
  }

  private void writeFirst() throws IOException {
    try {
      out.write(pending.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compressing", e);
    } catch (ExecutionException e) {
      throw new IOException("could not compress: " + e.getCause(), e);
    }
  }

  private static byte[] deflate(byte[] window, byte[] content, int size, boolean last) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      if (window.length > 0) {
        deflater.setDictionary(window);
      }
      deflater.setInput(content, 0, size);
      byte[] result = new byte[size / 2 + 1024];
      int count = 0;
      if (last) {
        deflater.finish();
      }
      while (true) {
        count +=
            deflater.deflate(
                result,
                count,
                result.length - count,
                last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (last ? deflater.finished() : count < result.length) {
          return Arrays.copyOf(result, count);
        }
        result = Arrays.copyOf(result, result.length * 2);
      }
    } finally {
      deflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      submit(true);
      out.write(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((int) crc.getValue())
              .putInt((int) length)
              .array());
    } finally {
      workers.shutdownNow();
    }
  }
}
