package dev.jcompose.engine.build.share;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of one place, whose layers are only got when a build needs them. */
public final class ForeignSteps {
  private final Map<Digest, SharedSteps.Step> steps = new HashMap<>();
  private final Map<Digest, Descriptor> blobs = new HashMap<>();
  private final Blobs source;

  /** Makes a layer of a blob of the place. */
  @FunctionalInterface
  public interface Blobs {
    /**
     * Gets it.
     *
     * @param below chain id of the layer below; null for none
     * @param lease holds the layer from now on
     */
    Layer layer(Descriptor blob, Digest diffId, @Nullable Digest below, Lease lease)
        throws ImageException, IOException, InterruptedException;
  }

  /**
   * @param diffIds of the layers, which are in the order of {@code layers}
   */
  public ForeignSteps(
      SharedSteps shared, List<Digest> diffIds, List<Descriptor> layers, Blobs source) {
    shared.steps().forEach(step -> steps.put(step.key(), step));
    for (int i = 0; i < Math.min(diffIds.size(), layers.size()); i++) {
      blobs.put(diffIds.get(i), layers.get(i));
    }
    this.source = source;
  }

  /** How many steps there are. */
  public int size() {
    return steps.size();
  }

  /** The step of this key; null when there is none. */
  public SharedSteps.@Nullable Step find(Digest key) {
    SharedSteps.Step step = steps.get(key);
    return step == null || !blobs.containsKey(step.diffId()) ? null : step;
  }

  /** Gets the layer of a step that was found. */
  public Layer layer(SharedSteps.Step step, @Nullable Digest below, Lease lease)
      throws ImageException, IOException, InterruptedException {
    Descriptor blob = blobs.get(step.diffId());
    if (blob == null) {
      throw new IllegalArgumentException("not one of these steps: " + step);
    }
    return source.layer(blob, step.diffId(), below, lease);
  }
}
