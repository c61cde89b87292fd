package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.ImageException.Kind;
import dev.jcompose.engine.registry.host.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts an answer that is no success into words: what was asked, what was said, what to do. */
final class Refusal {
  private static final int LONGEST = 1 << 16;
  private static final int LONGEST_SHOWN = 300;

  /** {@code 100;w=21600}: pulls and the seconds they are counted in. */
  private static final Pattern LIMIT = Pattern.compile("(?<pulls>\\d+);w=(?<seconds>\\d+).*");

  private Refusal() {}

  /**
   * Makes the exception and reads the rest of the answer.
   *
   * @param named whether a credential was shown
   */
  static RegistryException of(Answer answer, Call<?> call, Endpoint endpoint, boolean named) {
    String said = said(answer);
    String registry = endpoint.mirror() ? "mirror " + endpoint.authority() : endpoint.domain();
    return switch (answer.status()) {
      case 401, 403 ->
          new RegistryException(
              Kind.DENIED,
              "access to %s denied: %s says %s; check the name, or %s"
                  .formatted(
                      call.subject(),
                      registry,
                      said,
                      named
                          ? "log in as somebody who may"
                          : "log in with `docker login " + endpoint.domain() + "`"),
              answer.status());
      case 404 ->
          new RegistryException(
              Kind.NOT_FOUND,
              "%s not found: %s says %s; check its name and tag"
                  .formatted(call.subject(), registry, said),
              404);
      case 429 ->
          new RegistryException(
              Kind.FAILED,
              "toomanyrequests: %s%s; wait%s%s, or name a mirror under registry-mirrors in"
                      .formatted(
                          registry,
                          limit(answer).orElse(" wants no more requests from here for now"),
                          retryAfter(answer).map(Refusal::until).orElse(""),
                          named ? "" : ", log in with `docker login " + endpoint.domain() + "`")
                  + " /etc/jcompose/engine.json",
              429);
      default ->
          new RegistryException(
              Kind.FAILED,
              "%s answered %d to %s %s: %s; try again later"
                  .formatted(registry, answer.status(), call.method(), call.subject(), said),
              answer.status());
    };
  }

  private static Optional<String> limit(Answer answer) {
    Matcher limit = LIMIT.matcher(answer.header("ratelimit-limit"));
    if (!limit.matches()) {
      return Optional.empty();
    }
    String source = answer.header("docker-ratelimit-source");
    return Optional.of(
        " allows %s pulls in %s%s, and these are used up"
            .formatted(
                limit.group("pulls"),
                words(Duration.ofSeconds(Long.parseLong(limit.group("seconds")))),
                source.isEmpty() ? "" : " for " + source));
  }

  /** How long the registry wants to be left alone, in seconds or until a date. */
  static Optional<Duration> retryAfter(Answer answer) {
    String text = answer.header("Retry-After").strip();
    try {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      Duration wait =
          Character.isDigit(text.charAt(0))
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  Instant.now(), Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (java.time.DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String until(Duration wait) {
    return " until "
        + Instant.now().plus(wait).truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC);
  }

  private static String words(Duration time) {
    return time.toHours() > 0 && time.toMinutesPart() == 0
        ? time.toHours() + " hours"
        : time.toMinutes() + " minutes";
  }

  /** The registry's own words, as {@code {"errors":[{"code","message"}]}} or plain text. */
  private static String said(Answer answer) {
    String text;
    try {
      text = new String(answer.body().readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      text = "";
    }
    try {
      List<JsonObject> errors = Json.object(text).objects("errors");
      if (!errors.isEmpty()) {
        String message = errors.getFirst().string("message");
        return quoted(message.isEmpty() ? errors.getFirst().string("code") : message);
      }
    } catch (JsonException e) {
      // Proxies and other servers answer as they like.
    }
    return text.isEmpty() || text.startsWith("<") ? "no more" : quoted(text);
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return "\""
        + (line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line)
        + "\"";
  }
}
