package dev.jcompose.engine.api.image;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One effect of removing an image: a reference taken off or an image deleted; the other member is
 * null.
 */
public record ImageRemoval(@Nullable String untagged, @Nullable String deleted)
    implements JsonValue {

  /** Reads the wire form. */
  public static ImageRemoval of(JsonObject json) {
    return new ImageRemoval(json.stringOrNull("Untagged"), json.stringOrNull("Deleted"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessNull("Untagged", untagged)
        .putUnlessNull("Deleted", deleted)
        .build();
  }
}
