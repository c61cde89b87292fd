package dev.jcompose.engine.daemon;

import dev.jcompose.engine.build.cache.BuildCache;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.library.StoreLimit;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * After something was added to the images or a build has ended: has the limits enforced, and what
 * is new written to the disk, which nobody has to wait for.
 */
final class ImageGrowth {
  private static final System.Logger LOG = System.getLogger(ImageGrowth.class.getName());

  private final Executor executor;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable Watched watched;

  private record Watched(StoreLimit limit, ImageStore store, BuildCache cache, long mostCache) {}

  ImageGrowth(Executor executor) {
    this.executor = executor;
  }

  /**
   * Begins, and looks once.
   *
   * @param mostCache bytes the build cache may take besides the images; zero for no limit
   */
  void watch(StoreLimit limit, ImageStore store, BuildCache cache, long mostCache) {
    watched = new Watched(limit, store, cache, mostCache);
    look();
  }

  /** Something happened to an image. */
  void happened(ImageEvent event) {
    switch (event.action()) {
      case PULL, TAG, UNTAG, IMPORT, LOAD, CREATE -> look();
      case PUSH, DELETE, SAVE -> {
        // Nothing more than before.
      }
    }
  }

  /** Has everything looked at. */
  void look() {
    Watched images = watched;
    if (images != null && asked.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            asked.set(false);
            try {
              if (images.mostCache() > 0) {
                images.cache().limit(images.mostCache());
              }
              images.limit().enforce();
            } catch (IOException e) {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "could not keep images and build cache below their limits",
                  e);
            }
            try {
              images.store().layers().settle();
            } catch (KernelException | UncheckedIOException e) {
              LOG.log(System.Logger.Level.WARNING, "could not write the layers to their disk", e);
            }
          });
    }
  }
}
