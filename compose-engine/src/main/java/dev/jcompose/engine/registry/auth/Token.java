package dev.jcompose.engine.registry.auth;

import dev.jcompose.engine.api.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What a token service gave.
 *
 * @param value what follows {@code Bearer}
 * @param expires when it is to be used no longer
 */
record Token(String value, Instant expires) {
  /** Distribution's {@code auth/token.md}: clients assume this when the service does not say. */
  private static final long DEFAULT_SECONDS = 60;

  /** A token is not used in its last moments: a request takes a while to arrive. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** Reads an answer; the value is empty when it has no token. */
  static Token of(JsonObject json, Instant now) {
    String value = json.string("token");
    long seconds = Math.max(DEFAULT_SECONDS, json.number("expires_in"));
    Instant issued = issued(json.string("issued_at"), now);
    return new Token(
        value.isEmpty() ? json.string("access_token") : value,
        issued.plusSeconds(seconds).minus(MARGIN));
  }

  /** Clocks differ: one that is ahead of ours must not make tokens last longer. */
  private static Instant issued(String text, Instant now) {
    try {
      Instant issued = text.isEmpty() ? now : OffsetDateTime.parse(text).toInstant();
      return issued.isAfter(now) || issued.isBefore(now.minusSeconds(DEFAULT_SECONDS))
          ? now
          : issued;
    } catch (DateTimeException e) {
      return now;
    }
  }

  @Override
  public String toString() {
    return "a token until " + expires;
  }
}
