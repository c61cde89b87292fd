package dev.jcompose.core.canonical;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The grammar of time spans: {@code 1w2d3h4m5.5s6ms7us8ns}, printed as Go does: {@code 1m30s}. */
public final class GoDuration {
  private static final long NANO = 1;
  private static final long SECOND = 1_000_000_000;

  private GoDuration() {}

  /** Reads a span; null when it is none or too long for 64 bits of nanoseconds. */
  public static @Nullable Duration parse(String text) {
    boolean negative = text.startsWith("-");
    int i = negative || text.startsWith("+") ? 1 : 0;
    if (i == text.length()) {
      return null;
    }
    if (text.substring(i).equals("0")) {
      return Duration.ZERO;
    }
    double total = 0;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
        i++;
      }
      int unitStart = i;
      while (i < text.length() && !isDigit(text.charAt(i)) && text.charAt(i) != '.') {
        i++;
      }
      long unit = unit(text.substring(unitStart, i));
      String number = text.substring(start, unitStart);
      if (unit == 0
          || number.isEmpty()
          || number.equals(".")
          || number.indexOf('.') != number.lastIndexOf('.')) {
        return null;
      }
      total += Double.parseDouble(number) * unit;
    }
    if (total > Long.MAX_VALUE) {
      return null;
    }
    return Duration.ofNanos(negative ? -(long) total : (long) total);
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> NANO;
      case "us", "µs", "μs" -> 1_000 * NANO;
      case "ms" -> 1_000_000 * NANO;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3_600 * SECOND;
      case "d" -> 86_400 * SECOND;
      case "w" -> 604_800 * SECOND;
      default -> 0;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * A text that {@link #parse} reads to the same span, in hours, minutes and seconds, or one
   * smaller unit.
   */
  public static String print(Duration span) {
    long nanos = span.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    if (nanos < 0) {
      text.append('-');
      nanos = -nanos;
    }
    if (nanos < 1_000) {
      return text.append(nanos).append("ns").toString();
    }
    if (nanos < 1_000_000) {
      return fraction(text, nanos, 1_000).append("µs").toString();
    }
    if (nanos < SECOND) {
      return fraction(text, nanos, 1_000_000).append("ms").toString();
    }
    long hours = nanos / (3_600 * SECOND);
    long minutes = nanos / (60 * SECOND) % 60;
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (hours > 0 || minutes > 0) {
      text.append(minutes).append('m');
    }
    return fraction(text, nanos % (60 * SECOND), SECOND).append('s').toString();
  }

  private static StringBuilder fraction(StringBuilder text, long value, long unit) {
    text.append(value / unit);
    long rest = value % unit;
    if (rest != 0) {
      String digits = Long.toString(unit + rest).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 0, end);
    }
    return text;
  }
}
