package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The record of one unpacked layer.
 *
 * @param chainId digest of this layer and all below it
 * @param diffId digest of its own uncompressed archive
 * @param parent chain id of the layer below; null for a lowest layer
 * @param size bytes of all its regular files
 */
public record Layer(Digest chainId, Digest diffId, @Nullable Digest parent, long size)
    implements JsonValue {
  /** In a record: the boot during which the layer was made, until it is known to be on disk. */
  static final String UNSETTLED = "unsettledInBoot";

  static Layer of(JsonObject json) {
    String parent = json.stringOrNull("parent");
    return new Layer(
        Digest.parse(json.string("chainId")),
        Digest.parse(json.string("diffId")),
        parent == null ? null : Digest.parse(parent),
        json.number("size"));
  }

  @Override
  public JsonObject toJson() {
    return toJson(null);
  }

  /**
   * @param unsettledIn the boot during which it was made, when it may not be on disk yet
   */
  JsonObject toJson(@Nullable String unsettledIn) {
    return JsonObject.builder()
        .put("chainId", chainId.toString())
        .put("diffId", diffId.toString())
        .putUnlessNull("parent", parent == null ? null : parent.toString())
        .put("size", size)
        .putUnlessNull(UNSETTLED, unsettledIn)
        .build();
  }
}
