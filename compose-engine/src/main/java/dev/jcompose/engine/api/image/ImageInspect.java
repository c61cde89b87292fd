package dev.jcompose.engine.api.image;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** An image in full; {@code config} has the members of a container configuration. */
public record ImageInspect(
    String id,
    List<String> repoTags,
    List<String> repoDigests,
    String parent,
    String comment,
    String created,
    String author,
    JsonObject config,
    String architecture,
    String variant,
    String os,
    long size,
    JsonObject graphDriver,
    JsonObject rootFs,
    JsonObject metadata)
    implements JsonValue {

  /** Copies the collections. */
  public ImageInspect {
    repoTags = List.copyOf(repoTags);
    repoDigests = List.copyOf(repoDigests);
  }

  /** Reads the wire form. */
  public static ImageInspect of(JsonObject json) {
    return new ImageInspect(
        json.string("Id"),
        json.strings("RepoTags"),
        json.strings("RepoDigests"),
        json.string("Parent"),
        json.string("Comment"),
        json.string("Created"),
        json.string("Author"),
        json.object("Config"),
        json.string("Architecture"),
        json.string("Variant"),
        json.string("Os"),
        json.number("Size"),
        json.object("GraphDriver"),
        json.object("RootFS"),
        json.object("Metadata"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Id", id)
        .put("RepoTags", repoTags)
        .put("RepoDigests", repoDigests)
        .put("Parent", parent)
        .put("Comment", comment)
        .put("Created", created)
        .put("Author", author)
        .put("Config", config)
        .put("Architecture", architecture)
        .putUnlessEmpty("Variant", variant)
        .put("Os", os)
        .put("Size", size)
        .put("GraphDriver", graphDriver)
        .put("RootFS", rootFs)
        .put("Metadata", metadata)
        .build();
  }
}
