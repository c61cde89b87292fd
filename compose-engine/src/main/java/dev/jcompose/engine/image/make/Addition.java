package dev.jcompose.engine.image.make;

import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.store.Layer;
import org.jspecify.annotations.Nullable;

/**
 * What one step adds to an image: a layer or only settings, and a line of history.
 *
 * @param layer null when the step changes only settings
 * @param step its {@code emptyLayer} says the same
 */
public record Addition(@Nullable Layer layer, Configuration.Step step) {
  public Addition {
    if ((layer == null) != step.emptyLayer()) {
      throw new IllegalArgumentException("a step either has a layer or is empty: " + step);
    }
  }
}
