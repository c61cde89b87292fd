package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.HttpProblem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Points in time as clients write them: seconds since 1970, RFC 3339, or an age such as 10m. */
final class Moments {
  private Moments() {}

  /**
   * Reads a moment.
   *
   * @return null for "" and for 0, which both mean no bound
   */
  static @Nullable Instant parse(String name, String text) {
    if (text.isEmpty() || text.equals("0")) {
      return null;
    }
    try {
      if (text.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == '-')
          && text.lastIndexOf('-') <= 0) {
        BigDecimal seconds = new BigDecimal(text);
        return seconds.signum() == 0
            ? null
            : Instant.ofEpochSecond(0, 0)
                .plusSeconds(seconds.longValue())
                .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
      }
      if (text.contains("T") || text.contains("-")) {
        return text.length() <= 10
            ? Instant.parse(text + "T00:00:00Z")
            : OffsetDateTime.parse(text).toInstant();
      }
      return Instant.now().minus(Duration.parse("PT" + text));
    } catch (DateTimeException | NumberFormatException e) {
      throw HttpProblem.badRequest(
          "invalid value for \"" + name + "\": " + text + " is neither a time nor an age");
    }
  }

  /** The filter {@code until} of the prune calls: only what is older. */
  static @Nullable Instant until(Filters filters) {
    if (filters.values("until").size() > 1) {
      throw HttpProblem.badRequest("more than one until filter specified");
    }
    return filters.values("until").stream()
        .findFirst()
        .map(text -> parse("until", text))
        .orElse(null);
  }
}
