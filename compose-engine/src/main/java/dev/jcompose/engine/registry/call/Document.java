package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.oci.Descriptor;

/** A document of a registry with its own bytes, which are what its digest is of. */
public final class Document {
  private final Descriptor descriptor;
  private final byte[] bytes;

  /** The bytes are not copied, and never changed. */
  public Document(Descriptor descriptor, byte[] bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
  }

  /** Type, digest and size. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }
}
