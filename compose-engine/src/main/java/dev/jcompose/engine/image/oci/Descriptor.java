package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names some content (OCI image-spec 1.1, {@code descriptor.md}).
 *
 * @param mediaType what it is
 * @param digest of its bytes
 * @param size in bytes
 * @param platform in an index: what the manifest is for; null when it does not say
 * @param artifactType of what is no image; empty for images
 * @param annotations in order
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    @Nullable Platform platform,
    String artifactType,
    Map<String, String> annotations)
    implements JsonValue {
  public Descriptor {
    // Not Map.copyOf: its order, and with it the digest of what is written, is another in each JVM.
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** Content about which nothing else is said. */
  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, null, "", Map.of());
  }

  /**
   * Reads the wire form.
   *
   * @throws dev.jcompose.engine.image.BadReferenceException when the digest is no SHA-256
   */
  public static Descriptor of(JsonObject json) {
    JsonObject platform = json.objectOrNull("platform");
    return new Descriptor(
        json.string("mediaType"),
        Digest.parse(json.string("digest")),
        json.number("size"),
        platform == null ? null : Platform.of(platform),
        json.string("artifactType"),
        json.stringMap("annotations"));
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("mediaType", mediaType)
            .put("digest", digest.toString())
            .put("size", size)
            .putUnlessNull("platform", platform)
            .putUnlessEmpty("artifactType", artifactType);
    return json.putUnlessEmpty("annotations", annotations).build();
  }
}
