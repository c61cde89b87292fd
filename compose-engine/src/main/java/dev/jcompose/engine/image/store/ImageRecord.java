package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import java.util.List;

/**
 * What the store notes about an image beside its configuration.
 *
 * @param id digest of the configuration, which is a blob
 * @param repoDigests {@code repository@sha256:…} under which registries know it
 */
record ImageRecord(Digest id, List<String> repoDigests) implements JsonValue {
  ImageRecord {
    repoDigests = List.copyOf(repoDigests);
  }

  static ImageRecord of(JsonObject json) {
    return new ImageRecord(Digest.parse(json.string("id")), json.strings("repoDigests"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("id", id.toString()).put("repoDigests", repoDigests).build();
  }
}
