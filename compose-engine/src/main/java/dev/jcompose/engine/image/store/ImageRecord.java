package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.oci.Descriptor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store notes about an image beside its configuration.
 *
 * @param id digest of the configuration, which is a blob
 * @param repoDigests {@code repository@sha256:…} under which registries know it
 * @param manifests documents that name it and its layers as registries have them; blobs too
 * @param lastTagged when it was last pulled, built or given a name; null when unknown
 */
record ImageRecord(
    Digest id, List<String> repoDigests, List<Descriptor> manifests, @Nullable Instant lastTagged)
    implements JsonValue {
  ImageRecord {
    repoDigests = List.copyOf(repoDigests);
    manifests = List.copyOf(manifests);
  }

  static ImageRecord of(JsonObject json) {
    String tagged = json.stringOrNull("lastTagged");
    return new ImageRecord(
        Digest.parse(json.string("id")),
        json.strings("repoDigests"),
        json.records("manifests", Descriptor::of),
        tagged == null ? null : Instant.parse(tagged));
  }

  ImageRecord taggedAt(Instant time) {
    return new ImageRecord(id, repoDigests, manifests, time);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("id", id.toString())
        .put("repoDigests", repoDigests)
        .putUnlessEmpty("manifests", manifests)
        .putUnlessNull("lastTagged", lastTagged == null ? null : lastTagged.toString())
        .build();
  }
}
