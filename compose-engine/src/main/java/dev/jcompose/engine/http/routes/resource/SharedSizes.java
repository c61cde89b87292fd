package dev.jcompose.engine.http.routes.resource;

import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which bytes of images belong to several of them. */
public final class SharedSizes {
  /** Of no image is it known. */
  public static final SharedSizes UNKNOWN = new SharedSizes(List.of(), Map.of());

  private final Map<Digest, Long> sizes;
  private final Map<Digest, Integer> owners = new HashMap<>();

  /**
   * Counts the images of each layer.
   *
   * @param sizes of layers by chain id
   */
  public SharedSizes(List<Image> images, Map<Digest, Long> sizes) {
    this.sizes = Map.copyOf(sizes);
    for (Image image : images) {
      ChainId.of(image.diffIds()).forEach(layer -> owners.merge(layer, 1, Integer::sum));
    }
  }

  /** Bytes of the image that other images have too; -1 when it is not known. */
  public long of(Image image) {
    return sizes.isEmpty()
        ? -1
        : ChainId.of(image.diffIds()).stream()
            .filter(layer -> owners.getOrDefault(layer, 0) > 1)
            .mapToLong(layer -> sizes.getOrDefault(layer, 0L))
            .sum();
  }
}
