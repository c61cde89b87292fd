package dev.jcompose.engine.container.stream;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one non-blocking descriptor to its end and passes everything to a hub. The event thread
 * only wakes it; reading, logging and waiting for slow clients happen on the executor's threads.
 */
public final class OutputPump {
  private static final System.Logger LOG = System.getLogger(OutputPump.class.getName());
  private static final int BLOCK = 64 * 1024;
  // Direct memory is dear to allocate; as many blocks exist as pumps ever read at one moment.
  private static final Queue<ByteBuffer> BLOCKS = new ConcurrentLinkedQueue<>();

  private final Kernel kernel;
  private final int descriptor;
  private final StreamKind stream;
  private final OutputHub hub;
  private final Executor executor;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private KernelEvents.@Nullable Watch watch;
  private boolean finished;
  private boolean draining;

  private OutputPump(
      Kernel kernel, int descriptor, StreamKind stream, OutputHub hub, Executor executor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.stream = stream;
    this.hub = hub;
    this.executor = executor;
  }

  /**
   * Begins to read.
   *
   * @param descriptor closed by the pump when it has come to its end
   * @param executor made for tasks that block
   */
  public static OutputPump start(
      Kernel kernel,
      KernelEvents events,
      int descriptor,
      StreamKind stream,
      OutputHub hub,
      Executor executor) {
    var pump = new OutputPump(kernel, descriptor, stream, hub, executor);
    synchronized (pump) {
      pump.watch = events.watch(descriptor, pump::readable);
    }
    return pump;
  }

  private synchronized void readable() {
    if (watch != null && !finished) {
      watch.suspend();
      draining = true;
      executor.execute(this::drain);
    }
  }

  private void drain() {
    ByteBuffer pooled = BLOCKS.poll();
    ByteBuffer block = pooled == null ? ByteBuffer.allocateDirect(BLOCK) : pooled;
    try {
      while (true) {
        block.clear();
        int count = kernel.read(descriptor, block);
        if (count < 0) {
          resume();
          return;
        }
        if (count == 0) {
          finish();
          return;
        }
        hub.publish(stream, block.flip());
      }
    } catch (KernelException e) {
      // A terminal's engine end answers EIO when the last process has closed the other.
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      finish();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "output is lost from here on", e);
      finish();
    } finally {
      BLOCKS.add(block);
    }
  }

  private synchronized void resume() {
    draining = false;
    if (watch != null && !finished) {
      watch.resume();
    }
  }

  /**
   * The writer has ended: waits until everything was passed on, then closes. When something else
   * still holds the other end open, it is not waited for longer than {@code quiet} without output.
   */
  public void finishAfterWriter(Duration quiet) {
    try {
      while (true) {
        try {
          ended.get(quiet.toNanos(), TimeUnit.NANOSECONDS);
          return;
        } catch (TimeoutException e) {
          if (!isDraining()) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    } finally {
      finish();
    }
  }

  private synchronized boolean isDraining() {
    return draining;
  }

  /** Gives up although the descriptor has not come to its end. */
  public void stop() {
    finish();
  }

  private synchronized void finish() {
    if (finished) {
      return;
    }
    finished = true;
    if (watch != null) {
      watch.close();
    }
    kernel.close(descriptor);
    ended.complete(null);
  }
}
