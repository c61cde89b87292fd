package dev.jcompose.engine.build.cache;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import java.time.Instant;

/**
 * One remembered step.
 *
 * @param key what it depends on, see {@link StepKey}
 * @param chainId of the layer it made, with all below
 * @param size bytes of the layer's files
 * @param created when it ran
 * @param lastUsed when a build last took it from here
 * @param description the instruction
 */
public record StepRecord(
    Digest key, Digest chainId, long size, Instant created, Instant lastUsed, String description)
    implements JsonValue {
  static StepRecord of(JsonObject json) {
    return new StepRecord(
        Digest.parse(json.string("key")),
        Digest.parse(json.string("chainId")),
        json.number("size"),
        Instant.parse(json.string("created")),
        Instant.parse(json.string("lastUsed")),
        json.string("description"));
  }

  StepRecord usedAt(Instant now) {
    return new StepRecord(key, chainId, size, created, now, description);
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("key", key.toString())
        .put("chainId", chainId.toString())
        .put("size", size)
        .put("created", created.toString())
        .put("lastUsed", lastUsed.toString())
        .put("description", description)
        .build();
  }
}
