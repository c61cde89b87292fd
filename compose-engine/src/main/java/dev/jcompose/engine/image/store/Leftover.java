package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.Digest;
import java.time.Instant;

/**
 * Something of the store that no image has: of a build or pull that was given up, or removed while
 * somebody still held it. It saves time when the same is built or pulled again, and can go at any
 * time.
 *
 * @param kind what it is
 * @param digest chain id of a layer, digest of a blob
 * @param size in bytes
 * @param lastUsed when it was made or last found useful
 */
public record Leftover(Kind kind, Digest digest, long size, Instant lastUsed) {
  /** What can be left over. */
  public enum Kind {
    LAYER,
    BLOB,
    /** The beginning of a blob that a registry sends. */
    PARTIAL_BLOB
  }
}
