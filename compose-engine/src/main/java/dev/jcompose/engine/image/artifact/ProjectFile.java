package dev.jcompose.engine.image.artifact;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * A file of a published project.
 *
 * @param name without folders
 */
public record ProjectFile(String name, Kind kind, String text) implements JsonValue {
  /** What a file is. The types and annotations are those docker compose writes. */
  public enum Kind {
    /** A Compose file; the first is the main one, the others lie over it. */
    COMPOSE("application/vnd.docker.compose.file+yaml", "com.docker.compose.file"),
    /** An env file that services name. */
    ENVIRONMENT("application/vnd.docker.compose.envfile", "com.docker.compose.envfile");

    private final String mediaType;
    private final String annotation;

    Kind(String mediaType, String annotation) {
      this.mediaType = mediaType;
      this.annotation = annotation;
    }

    /** What its layer is called. */
    String mediaType() {
      return mediaType;
    }

    /** The annotation of its layer that has the file's name. */
    String annotation() {
      return annotation;
    }
  }

  /**
   * Reads the wire form.
   *
   * @throws IllegalArgumentException when the kind is unknown
   */
  public static ProjectFile of(JsonObject json) {
    return new ProjectFile(
        json.string("Name"), Kind.valueOf(json.string("Kind")), json.string("Text"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Kind", kind.name())
        .put("Text", text)
        .build();
  }
}
