package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.transfer.SharedTasks;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.linux.files.FileCalls;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all pulls of an engine share: the store, and what is on its way into it. */
final class Workshop {
  private final ImageStore store;
  private final FileCalls files;
  private final SharedTasks<Digest, TransferEvent, BlobDownload> downloads = new SharedTasks<>();
  private final SharedTasks<Digest, TransferEvent, LayerFetch> layers = new SharedTasks<>();
  private final Semaphore downloadPermits;
  private final ExecutorService processors =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().daemon().name("unpack ", 0).factory());

  /**
   * @param downloads how many blobs may be on their way at the same time
   */
  Workshop(ImageStore store, FileCalls files, int downloads) {
    this.store = store;
    this.files = files;
    this.downloadPermits = new Semaphore(downloads);
  }

  ImageStore store() {
    return store;
  }

  FileCalls files() {
    return files;
  }

  SharedTasks<Digest, TransferEvent, BlobDownload> downloads() {
    return downloads;
  }

  SharedTasks<Digest, TransferEvent, LayerFetch> layers() {
    return layers;
  }

  Semaphore downloadPermits() {
    return downloadPermits;
  }

  /**
   * Does something that computes a lot, and waits for it. An interruption ends it; it has ended,
   * and taken away what it had made, before this returns.
   */
  <T> T onProcessor(Callable<T> work) throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Future<T> result =
        processors.submit(
            () -> {
              if (!taken.compareAndSet(false, true)) {
                throw new InterruptedException("given up before it began");
              }
              try {
                return work.call();
              } finally {
                ended.countDown();
              }
            });
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (InterruptedException e) {
      result.cancel(true);
      if (!taken.compareAndSet(false, true)) {
        awaitFirmly(ended);
      }
      throw e;
    }
  }

  private static void awaitFirmly(CountDownLatch ended) {
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
