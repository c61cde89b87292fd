package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.Digest;

/** The names of the OCI image layout (OCI image-spec 1.1, {@code image-layout.md}). */
final class OciLayout {
  /** The file that says what this is. */
  static final String MARKER = "oci-layout";

  /** The content of {@link #MARKER}. */
  static final String MARKER_TEXT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  /** The list of images. */
  static final String INDEX = "index.json";

  /** An annotation of an index entry: the image's full name (containerd, Docker). */
  static final String FULL_NAME = "io.containerd.image.name";

  /** An annotation of an index entry: the tag, or whatever the writer calls the image. */
  static final String REFERENCE_NAME = "org.opencontainers.image.ref.name";

  private OciLayout() {}

  /** Where a blob is. */
  static String blob(Digest digest) {
    return "blobs/sha256/" + digest.hex();
  }
}
