package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds layers while an image is made of them: what was found or published under a lease is not
 * deleted before it is closed, whoever removes images meanwhile. Closed after {@link
 * ImageStore#add}. A layer that then belongs to no image stays until the store is pruned.
 */
public final class Lease implements AutoCloseable {
  private final LayerStore layers;
  private final Set<Digest> held = new HashSet<>();

  Lease(LayerStore layers) {
    this.layers = layers;
  }

  /** The record of a layer, held from now on; null when it is not here. */
  public synchronized @Nullable Layer find(Digest chainId) {
    if (held.contains(chainId)) {
      return layers.find(chainId);
    }
    Layer found = layers.hold(chainId);
    if (found != null) {
      held.add(chainId);
    }
    return found;
  }

  /** As {@link LayerStore#publish}, and held from now on. */
  public synchronized Layer publish(Path staged, @Nullable Digest parent, Digest diffId, long size)
      throws IOException {
    Layer layer = layers.publish(staged, parent, diffId, size, true);
    if (!held.add(layer.chainId())) {
      layers.release(layer.chainId());
    }
    return layer;
  }

  @Override
  public synchronized void close() {
    held.forEach(layers::release);
    held.clear();
  }
}
