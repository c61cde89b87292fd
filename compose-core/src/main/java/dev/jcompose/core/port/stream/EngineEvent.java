package dev.jcompose.core.port.stream;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in the engine.
 *
 * @param type "container", "network", "volume" or "image"
 * @param action the word of the Docker Engine API: "start", "die", "health_status: healthy"
 * @param id whose event it is
 * @param attributes its labels, name, image, and what the action adds ("exitCode")
 */
public record EngineEvent(
    String type, String action, String id, Map<String, String> attributes, Instant at) {
  public EngineEvent {
    attributes = Map.copyOf(attributes);
  }
}
