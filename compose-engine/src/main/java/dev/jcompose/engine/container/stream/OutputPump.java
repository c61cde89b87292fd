package dev.jcompose.engine.container.stream;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

  private final Kernel kernel;
  private final int descriptor;
  private final StreamKind stream;
  private final OutputHub hub;
  private final Executor executor;
  private final boolean lossless;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private KernelEvents.@Nullable Watch watch;
  private boolean finished;
  private boolean draining;

  private OutputPump(
      Kernel kernel,
      int descriptor,
      StreamKind stream,
      OutputHub hub,
      Executor executor,
      boolean lossless) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.stream = stream;
    this.hub = hub;
    this.executor = executor;
    this.lossless = lossless;
  }

  /**
   * Begins to read.
   *
   * @param descriptor closed by the pump when it has come to its end
   * @param executor made for tasks that block
   * @param lossless the descriptor is of a pipe, and its bytes shall stay there until they are in
   *     the log, so that an engine that is killed loses none
   */
  public static OutputPump start(
      Kernel kernel,
      KernelEvents events,
      int descriptor,
      StreamKind stream,
      OutputHub hub,
      Executor executor,
      boolean lossless) {
    var pump = new OutputPump(kernel, descriptor, stream, hub, executor, lossless);
    synchronized (pump) {
      pump.watch = events.watch(descriptor, pump::readable);
    }
    return pump;
  }

  private void readable() {
    if (claim()) {
      executor.execute(this::drain);
    }
  }

  /** Takes the only right to read until {@link #drain} has come to its end. */
  private synchronized boolean claim() {
    if (watch == null || finished || draining) {
      return false;
    }
    watch.suspend();
    draining = true;
    return true;
  }

  private void drain() {
    Workplace place = Workplace.take(kernel);
    boolean clean = false;
    try {
      int count = fetch(place);
      while (count > 0) {
        long number = hub.record(stream, place.block());
        if (lossless) {
          consume(place, count);
        }
        hub.show(stream, place.block(), number);
        count = fetch(place);
      }
      clean = true;
      if (count == 0) {
        finish();
      } else {
        resume();
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
      place.giveBack(clean);
    }
  }

  /** Gets the next bytes into the block, ready to be read from it; the result is as of a read. */
  private int fetch(Workplace place) {
    ByteBuffer block = place.block().clear();
    int count =
        lossless
            ? kernel.duplicate(descriptor, place.copyIn(), block.capacity())
            : kernel.read(descriptor, block);
    while (lossless && count > 0 && block.position() < count) {
      kernel.read(place.copyOut(), block);
    }
    block.flip();
    return count;
  }

  // Only now: an engine killed before this finds the bytes still in the FIFO when it comes back.
  private void consume(Workplace place, int count) {
    ByteBuffer rest = place.scrap().clear().limit(count);
    while (rest.hasRemaining() && kernel.read(descriptor, rest) > 0) {
      // read on
    }
  }

  private synchronized void resume() {
    draining = false;
    if (watch != null && !finished) {
      watch.resume();
    }
  }

  /**
   * The writer has ended, and what it wrote is in the pipe: takes it all in, then closes. When
   * something else still holds the other end open, its output is not waited for longer than {@code
   * quiet}.
   */
  public void finishAfterWriter(Duration quiet) {
    try {
      while (!hasEndedWithin(quiet)) {
        // However long the machine stood still, nothing is given up that could have been read.
        if (claim()) {
          drain();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish();
    }
  }

  private boolean hasEndedWithin(Duration time) throws InterruptedException {
    try {
      ended.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
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
