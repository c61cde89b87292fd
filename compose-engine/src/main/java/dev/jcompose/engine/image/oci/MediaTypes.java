package dev.jcompose.engine.image.oci;

/**
 * The media types this engine writes; it reads Docker's older names for the same things as well.
 */
public final class MediaTypes {
  /** One image for one platform. */
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** A list of manifests, one per platform. */
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";

  /** The document whose digest is the image id. */
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

  /** A layer as a plain archive. */
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  /** A layer as a gzip-compressed archive. */
  public static final String LAYER_GZIP = LAYER + "+gzip";

  /** A layer as a zstd-compressed archive. */
  public static final String LAYER_ZSTD = LAYER + "+zstd";

  private MediaTypes() {}
}
