package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;

/** What has arrived is not what was asked for. */
final class WrongDigestException extends ImageException {
  private static final long serialVersionUID = 1L;

  private final boolean resumed;

  /**
   * @param resumed whether a part of it was there before, which may be what is wrong
   */
  WrongDigestException(Digest wanted, Digest arrived, boolean resumed) {
    super(
        Kind.FAILED,
        "blob %s arrived with the digest %s; nothing of it was kept, so pull again, and tell the registry's owner if that does not help"
            .formatted(wanted, arrived));
    this.resumed = resumed;
  }

  /** More has arrived than the manifest says. */
  WrongDigestException(Descriptor wanted, long size) {
    super(
        Kind.FAILED,
        "blob %s should have %d bytes and at least %d arrived; tell the registry's owner"
            .formatted(wanted.digest(), wanted.size(), size));
    this.resumed = false;
  }

  /** An archive that is not the one the configuration names. */
  WrongDigestException(Descriptor blob, Digest wanted, Digest unpacked) {
    super(
        Kind.FAILED,
        "layer %s should unpack to %s and unpacks to %s; tell the image's publisher"
            .formatted(blob.digest(), wanted, unpacked));
    this.resumed = false;
  }

  /** Whether fetching all of it anew may help. */
  boolean mayBeOurs() {
    return resumed;
  }
}
