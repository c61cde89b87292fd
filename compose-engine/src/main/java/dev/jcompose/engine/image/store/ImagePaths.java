package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.state.StateDirectory;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where everything about images lies.
 *
 * @param images records, names and blobs
 * @param layers one directory per unpacked layer, named by chain id; overlay mounts use these
 *     paths, so they stay short
 */
public record ImagePaths(Path images, Path layers) {
  /** Layers whose names begin so are half-made or half-removed; the next start clears them. */
  static final String UNFINISHED = ".";

  /** Files whose names end so are half-written; the next start clears them. */
  static final String HALF_WRITTEN = ".new";

  /** Blobs that a registry has sent a part of; the next pull asks for the rest. */
  static final String PARTIAL = ".part";

  /** The places of an engine. */
  public static ImagePaths of(StateDirectory state) {
    return new ImagePaths(state.images(), state.layers());
  }

  Path blobs() {
    return images.resolve("blobs").resolve("sha256");
  }

  Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  Path partialBlob(Digest digest) {
    return blobs().resolve(digest.hex() + PARTIAL);
  }

  Path halfWrittenBlob() {
    return blobs().resolve(UUID.randomUUID() + HALF_WRITTEN);
  }

  Path records() {
    return images.resolve("records");
  }

  Path record(Digest id) {
    return records().resolve(id.hex() + ".json");
  }

  Path layerRecords() {
    return images.resolve("layers");
  }

  Path layerRecord(Digest chainId) {
    return layerRecords().resolve(chainId.hex() + ".json");
  }

  Path layerForms() {
    return images.resolve("forms");
  }

  Path layerForms(Digest diffId) {
    return layerForms().resolve(diffId.hex() + ".json");
  }

  Path tags() {
    return images.resolve("tags.json");
  }

  /** Notes of those who make images, one file each. */
  public Path notes() {
    return images.resolve("notes");
  }

  Path layer(Digest chainId) {
    return layers.resolve(chainId.hex());
  }

  Path unfinishedLayer() {
    return layers.resolve(UNFINISHED + UUID.randomUUID());
  }
}
