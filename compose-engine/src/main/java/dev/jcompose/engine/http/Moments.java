package dev.jcompose.engine.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Points in time as clients write them: seconds since 1970, RFC 3339, or an age such as 10m. */
public final class Moments {
  /** RFC 3339 with all nine digits, so that columns line up and texts sort. */
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Moments() {}

  /**
   * Reads a moment.
   *
   * @return null for "" and for 0, which both mean no bound
   */
  public static @Nullable Instant parse(String name, String text) {
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
  public static @Nullable Instant until(Filters filters) {
    if (filters.values("until").size() > 1) {
      throw HttpProblem.badRequest("more than one until filter specified");
    }
    return filters.values("until").stream()
        .findFirst()
        .map(text -> parse("until", text))
        .orElse(null);
  }

  /** A moment as logs are stamped with it: in UTC, to the nanosecond. */
  public static String stamp(Instant time) {
    return STAMP.format(time);
  }
}
