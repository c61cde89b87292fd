package dev.jcompose.engine.api.image;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image as it is listed; sizes in bytes, {@code created} in seconds since 1970, {@code
 * containers} -1 when not counted.
 */
public record ImageSummary(
    String id,
    String parentId,
    List<String> repoTags,
    List<String> repoDigests,
    long created,
    long size,
    long sharedSize,
    Map<String, String> labels,
    long containers)
    implements JsonValue {

  /** Copies the collections. */
  public ImageSummary {
    repoTags = List.copyOf(repoTags);
    repoDigests = List.copyOf(repoDigests);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Reads the wire form. */
  public static ImageSummary of(JsonObject json) {
    return new ImageSummary(
        json.string("Id"),
        json.string("ParentId"),
        json.strings("RepoTags"),
        json.strings("RepoDigests"),
        json.number("Created"),
        json.number("Size"),
        json.number("SharedSize"),
        json.stringMap("Labels"),
        json.number("Containers"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Id", id)
        .put("ParentId", parentId)
        .put("RepoTags", repoTags)
        .put("RepoDigests", repoDigests)
        .put("Created", created)
        .put("Size", size)
        .put("SharedSize", sharedSize)
        .put("Labels", labels.isEmpty() ? null : labels)
        .put("Containers", containers)
        .build();
  }
}
