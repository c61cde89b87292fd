package dev.jcompose.engine.image.library;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Leftover;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the images below a size. What no image has goes first, then what only builds keep, then
 * images without a name that no container uses, each least recently used first; an image with a
 * name is never taken away.
 */
public final class StoreLimit {
  private static final System.Logger LOG = System.getLogger(StoreLimit.class.getName());

  /** A pull may be about to unpack a blob; layers it has made it holds. */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private final ImageStore store;
  private final ImageUse use;
  private final Spare spare;
  private final long most;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @param use which containers use an image
   * @param spare what may go although the store keeps it
   * @param most bytes of layers and blobs together; zero for no limit
   */
  public StoreLimit(ImageStore store, ImageUse use, Spare spare, long most) {
    this.store = store;
    this.use = use;
    this.spare = spare;
    this.most = most;
  }

  /** What only saves time and may go when there is no room. */
  @FunctionalInterface
  public interface Spare {
    /** There is nothing of the kind. */
    Spare NONE = bytes -> 0;

    /**
     * Frees so much, or all there is.
     *
     * @return bytes that were freed
     */
    long free(long bytes) throws IOException;
  }

  /**
   * Deletes until the store is below the limit or nothing is left that may go.
   *
   * @return bytes that were freed
   */
  public synchronized long enforce() throws IOException {
    if (most == 0) {
      return 0;
    }
    long freed = 0;
    var usage = store.usage();
    long excess = usage.total() - most;
    Instant young = Instant.now().minus(YOUNG);
    for (Leftover leftover : usage.leftovers()) {
      if (freed >= excess) {
        break;
      }
      if (leftover.kind() != Leftover.Kind.LAYER && leftover.lastUsed().isAfter(young)) {
        continue;
      }
      freed += store.remove(leftover);
    }
    if (freed < excess) {
      freed += spare.free(excess - freed);
    }
    for (Image image : nameless()) {
      if (freed >= excess) {
        break;
      }
      freed += store.remove(Digest.parse(image.id()), false).size();
    }
    if (freed < excess && warned.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the images take %d MiB more than their limit of %d MiB, and all have names or are used"
              .formatted((excess - freed) >> 20, most >> 20));
    }
    return freed;
  }

  private List<Image> nameless() {
    return store.list().stream()
        .filter(image -> image.repoTags().isEmpty() && image.repoDigests().isEmpty())
        .filter(image -> use.usersOf(image.id()).isEmpty())
        .sorted(Comparator.comparing(Image::lastTagged))
        .toList();
  }
}
