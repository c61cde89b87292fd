package dev.jcompose.engine.daemon;

import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.library.StoreLimit;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Has the limit of the images enforced after something was added to them. */
final class ImageGrowth {
  private static final System.Logger LOG = System.getLogger(ImageGrowth.class.getName());

  private final Executor executor;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile @Nullable StoreLimit limit;

  ImageGrowth(Executor executor) {
    this.executor = executor;
  }

  /** Begins, and looks once. */
  void watch(StoreLimit newLimit) {
    limit = newLimit;
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
    StoreLimit watched = limit;
    if (watched != null && asked.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            asked.set(false);
            try {
              watched.enforce();
            } catch (IOException e) {
              LOG.log(
                  System.Logger.Level.WARNING, "could not keep the images below their limit", e);
            }
          });
    }
  }
}
