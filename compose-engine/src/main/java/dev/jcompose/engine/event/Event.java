package dev.jcompose.engine.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param type kind of the object
 * @param action what happened to it, in Docker's words; health and exec events carry detail after a
 *     colon
 * @param id of the object
 * @param attributes labels, name, image, exit code and the like
 */
public record Event(
    Type type, String action, String id, Map<String, String> attributes, Instant time) {
  public Event {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** Kinds of objects events are about. */
  public enum Type {
    CONTAINER,
    IMAGE,
    NETWORK,
    VOLUME,
    DAEMON,
    BUILDER;

    /** The name on the wire. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
