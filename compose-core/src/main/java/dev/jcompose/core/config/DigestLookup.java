package dev.jcompose.core.config;

import java.io.IOException;

/** Asks a registry what a name means now; may be called from many threads at once. */
@FunctionalInterface
public interface DigestLookup {
  /**
   * The digest of an image's manifest, or of its index when it has several platforms.
   *
   * @param image full name with a tag, such as {@code docker.io/library/nginx:1.28}
   * @throws IOException when it cannot be had; the message says why
   */
  String digest(String image) throws IOException;
}
