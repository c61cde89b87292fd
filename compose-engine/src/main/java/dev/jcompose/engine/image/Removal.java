package dev.jcompose.engine.image;

/** One thing that removing an image did, in the order it was done. */
public sealed interface Removal {
  /**
   * A name was taken off.
   *
   * @param reference familiar
   */
  record Untagged(String reference) implements Removal {}

  /**
   * An image or a layer is gone.
   *
   * @param id {@code sha256:…} of the image, or the chain id of the layer
   */
  record Deleted(String id) implements Removal {}
}
