package dev.jcompose.cli.command;

import dev.jcompose.cli.session.UserError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point in time as {@code --since} and {@code --until} take it: an RFC 3339 time, a local date or
 * date and time, seconds since 1970, or how long ago.
 */
public final class Moment {
  private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d{1,9})?");
  private static final Pattern AGO = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|h|m|s)");

  private Moment() {}

  /** The moment an option names, null when it was not given. */
  public static @Nullable Instant of(Arguments arguments, String option) {
    String text = arguments.text(option);
    return text == null ? null : parse(option, text, Instant.now(), ZoneId.systemDefault());
  }

  /** Reads a moment; {@code option} is named when it cannot be understood. */
  public static Instant parse(String option, String text, Instant now, ZoneId zone) {
    if (SECONDS.matcher(text).matches()) {
      long nanos = new java.math.BigDecimal(text).movePointRight(9).longValueExact();
      return Instant.ofEpochSecond(0, nanos);
    }
    Duration ago = duration(text);
    if (ago != null) {
      return now.minus(ago);
    }
    try {
      if (text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:\\d\\d")) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw UserError.usage(
          option
              + " \""
              + text
              + "\" is not a time; write 2026-01-31T12:00:00Z, or 10m for ten minutes ago");
    }
  }

  private static @Nullable Duration duration(String text) {
    Matcher part = AGO.matcher(text);
    double seconds = 0;
    int end = 0;
    while (part.lookingAt()) {
      double amount = Double.parseDouble(part.group(1));
      seconds +=
          switch (part.group(2)) {
            case "h" -> amount * 3600;
            case "m" -> amount * 60;
            case "s" -> amount;
            case "ms" -> amount / 1e3;
            case "ns" -> amount / 1e9;
            default -> amount / 1e6;
          };
      end = part.end();
      part.region(end, text.length());
    }
    return end == 0 || end < text.length() ? null : Duration.ofNanos((long) (seconds * 1e9));
  }
}
