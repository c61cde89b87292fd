package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.ImageException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/**
 * One request to a registry and what its answer means.
 *
 * @param <T> what the answer holds
 */
interface Call<T> {
  /** In upper case. */
  String method();

  /** A path that begins with {@code /v2/}, or a whole URL the registry has named. */
  String target();

  /** What is asked for, as it is named in errors. */
  String subject();

  /** Headers beside those every request has. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /** What is sent; made anew for each attempt. */
  default BodyPublisher body() throws IOException {
    return BodyPublishers.noBody();
  }

  /** How long the registry may take until its answer begins. */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }

  /** Whether the same request may simply be sent again after a failure. */
  default boolean repeatable() {
    return true;
  }

  /** Whether {@link #read} understands this status; all others are refusals. */
  boolean understands(int status);

  /** Reads an answer of a status it understands. The body is closed by the caller unless kept. */
  T read(Answer answer) throws IOException, ImageException;
}
