package dev.jcompose.engine.build.parse;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Time spans as Go's {@code time.ParseDuration} reads them: {@code 1h2m3.5s}, {@code 100ms}. */
final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("\\G(\\d{1,18}+(?:\\.\\d{0,18}+)?|\\.\\d{1,18}+)(ns|us|µs|μs|ms|s|m|h)");

  private GoDuration() {}

  /** Reads a span; null when it is none or longer than 290 years. */
  static @Nullable Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String plain = negative || text.startsWith("+") ? text.substring(1) : text;
    if (plain.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = PART.matcher(plain);
    double total = 0;
    int end = 0;
    while (matcher.find()) {
      total += Double.parseDouble(matcher.group(1)) * nanos(matcher.group(2));
      end = matcher.end();
    }
    if (end == 0 || end != plain.length() || total > Long.MAX_VALUE) {
      return null;
    }
    return Duration.ofNanos(negative ? -(long) total : (long) total);
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> 1e3;
    };
  }
}
