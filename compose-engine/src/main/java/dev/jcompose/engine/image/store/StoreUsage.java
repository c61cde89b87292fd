package dev.jcompose.engine.image.store;

import java.util.List;

/**
 * What the images take on disk.
 *
 * @param layers bytes of the regular files of all unpacked layers, each layer counted once
 * @param blobs bytes of all blobs, parts of blobs too
 * @param leftovers the part of both that no image has, least recently used first
 */
public record StoreUsage(long layers, long blobs, List<Leftover> leftovers) {
  public StoreUsage {
    leftovers = List.copyOf(leftovers);
  }

  /** All bytes. */
  public long total() {
    return layers + blobs;
  }

  /** Bytes that no image has. */
  public long reclaimable() {
    return leftovers.stream().mapToLong(Leftover::size).sum();
  }
}
