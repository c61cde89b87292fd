package dev.jcompose.engine.daemon;

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
 * After something was added to the images: has their limit enforced, and what is new written to the
 * disk, which nobody has to wait for.
 */
final class ImageGrowth {
  private static final System.Logger LOG = System.getLogger(ImageGrowth.class.getName());

  private final Executor executor;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable Watched watched;

  private record Watched(StoreLimit limit, ImageStore store) {}

  ImageGrowth(Executor executor) {
    this.executor = executor;
  }

  /** Begins, and looks once. */
  void watch(StoreLimit limit, ImageStore store) {
    watched = new Watched(limit, store);
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

  private void look() {
    Watched images = watched;
    if (images != null && asked.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            asked.set(false);
            try {
              images.limit().enforce();
            } catch (IOException e) {
              LOG.log(
                  System.Logger.Level.WARNING, "could not keep the images below their limit", e);
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
