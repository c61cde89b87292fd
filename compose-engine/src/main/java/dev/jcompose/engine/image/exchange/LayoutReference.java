package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image of an OCI image layout in a folder.
 *
 * @param folder of the layout
 * @param tag empty for {@code latest}, or for the only image there is
 * @param digest of its manifest or index, which decides; null for none
 */
record LayoutReference(Path folder, String tag, @Nullable Digest digest) {
  /**
   * Reads {@code FOLDER[:TAG][@DIGEST]}.
   *
   * @throws BadReferenceException when the digest is none, or there is no folder
   */
  static LayoutReference parse(String text) {
    int at = text.lastIndexOf("@sha256:");
    String place = at < 0 ? text : text.substring(0, at);
    int colon = place.lastIndexOf(':');
    boolean tagged = colon > place.lastIndexOf('/');
    String folder = tagged ? place.substring(0, colon) : place;
    if (!folder.startsWith("/")) {
      throw new BadReferenceException(
          "\"" + text + "\" names no folder; write oci-layout://FOLDER[:TAG][@sha256:DIGEST]");
    }
    return new LayoutReference(
        Path.of(folder),
        tagged ? place.substring(colon + 1) : "",
        at < 0 ? null : Digest.parse(text.substring(at + 1)));
  }
}
