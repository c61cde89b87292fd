package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * What became of a file of a container's image.
 *
 * @param path absolute in the container
 */
public record FileChange(String path, Kind kind) implements JsonValue {
  /** What happened. */
  public enum Kind {
    CHANGED(0),
    ADDED(1),
    DELETED(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** The letter lists show. */
    public char letter() {
      return name().charAt(0);
    }
  }

  /** Reads the wire form. */
  public static FileChange of(JsonObject json) {
    int number = json.integer("Kind");
    for (Kind kind : Kind.values()) {
      if (kind.number == number) {
        return new FileChange(json.string("Path"), kind);
      }
    }
    throw new JsonException("a change of kind " + number + " is not known");
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("Path", path).put("Kind", kind.number).build();
  }
}
