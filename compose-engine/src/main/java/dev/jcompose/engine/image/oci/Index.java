package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * A list of manifests (OCI image-spec 1.1, {@code image-index.md}; Docker's manifest list).
 *
 * @param mediaType OCI's or Docker's
 * @param manifests images for several platforms, and what belongs to them
 */
public record Index(String mediaType, List<Descriptor> manifests) implements JsonValue {
  private static final String ATTESTATION = "vnd.docker.reference.type";

  public Index {
    manifests = List.copyOf(manifests);
  }

  /**
   * Reads the document.
   *
   * @throws dev.jcompose.engine.api.json.JsonException when it has another shape
   */
  public static Index of(JsonObject json) {
    return new Index(json.string("mediaType"), json.records("manifests", Descriptor::of));
  }

  /** The entries that can be images: no attestations, no signatures, no nested lists. */
  public List<Descriptor> images() {
    return manifests.stream()
        .filter(
            entry ->
                MediaTypes.isManifest(entry.mediaType())
                    && entry.artifactType().isEmpty()
                    && !entry.annotations().containsKey(ATTESTATION)
                    && (entry.platform() == null || !entry.platform().os().equals("unknown")))
        .toList();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("schemaVersion", 2)
        .put("mediaType", mediaType)
        .put("manifests", manifests)
        .build();
  }
}
