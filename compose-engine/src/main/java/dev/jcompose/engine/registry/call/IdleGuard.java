package dev.jcompose.engine.registry.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Breaks a body off from which nothing has come for a minute. Java's HTTP client has a timeout for
 * the beginning of an answer only.
 */
final class IdleGuard extends FilterInputStream {
  private static final long SECONDS = 60;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS);

  private final String host;
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean waiting;
  private volatile boolean closed;
  private volatile boolean timedOut;

  IdleGuard(InputStream body, String host) {
    super(body);
    this.host = host;
    watch(-1);
  }

  private void watch(long before) {
    if (closed) {
      return;
    }
    long now = reads.get();
    if (waiting && now == before) {
      timedOut = true;
      try {
        super.close();
      } catch (IOException e) {
        // The reader is told that nothing came.
      }
      return;
    }
    LATER.execute(() -> watch(now));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    waiting = true;
    try {
      int count = super.read(buffer, offset, length);
      if (!timedOut) {
        return count;
      }
    } catch (IOException e) {
      if (!timedOut) {
        throw e;
      }
    } finally {
      waiting = false;
      reads.incrementAndGet();
    }
    throw new SocketTimeoutException(host + " sent nothing for " + SECONDS + " seconds");
  }

  @Override
  public void close() throws IOException {
    closed = true;
    super.close();
  }
}
