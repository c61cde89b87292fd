package dev.jcompose.engine.image.oci;

import java.util.Set;

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

  /** Docker's name for {@link #MANIFEST}. */
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  /** Docker's name for {@link #INDEX}. */
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  private static final Set<String> CONFIGS =
      Set.of(CONFIG, "application/vnd.docker.container.image.v1+json");

  private MediaTypes() {}

  /** Whether this is one image for one platform. */
  public static boolean isManifest(String mediaType) {
    return mediaType.equals(MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
  }

  /** Whether this is a list of manifests. */
  public static boolean isIndex(String mediaType) {
    return mediaType.equals(INDEX) || mediaType.equals(DOCKER_INDEX);
  }

  /** Whether this is an image's configuration, as against that of a chart or a signature. */
  public static boolean isConfig(String mediaType) {
    return CONFIGS.contains(mediaType);
  }
}
