package dev.jcompose.engine.image;

import java.util.Locale;

/**
 * Something happened to an image.
 *
 * @param action what happened
 * @param imageId {@code sha256:…}
 * @param name the reference involved, familiar; the id again when no name is
 */
public record ImageEvent(Action action, String imageId, String name) {
  /** The actions of the Docker Engine API's image events. */
  public enum Action {
    PULL,
    PUSH,
    TAG,
    UNTAG,
    DELETE,
    IMPORT,
    LOAD,
    SAVE,
    /** Made here from this machine's own programs; Docker has no such action. */
    CREATE;

    /** The action as events spell it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
