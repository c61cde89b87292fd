package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.image.ImageConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Words of an image's history, written as BuildKit writes them. */
final class HistoryText {
  private HistoryText() {}

  /** An argument vector: {@code ["a" "b"]}. */
  static String vector(List<String> arguments) {
    return arguments.stream().map(HistoryText::quoted).collect(Collectors.joining(" ", "[", "]"));
  }

  /** A list: {@code [a b]}. */
  static String list(Collection<String> words) {
    return words.stream().collect(Collectors.joining(" ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ') {
            quoted.append("\\x%02x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  static String healthcheck(ImageConfig.Healthcheck check) {
    return "{Test:%s Interval:%s Timeout:%s StartPeriod:%s StartInterval:%s Retries:%d}"
        .formatted(
            list(check.test()),
            duration(check.interval()),
            duration(check.timeout()),
            duration(check.startPeriod()),
            duration(check.startInterval()),
            check.retries());
  }

  /** A time span as Go writes it: {@code 1m30s}, {@code 1.5s}, {@code 200ms}. */
  static String duration(Duration span) {
    long nanos = span.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000_000_000L) {
      return nanos < 1_000_000L ? decimal(nanos, 1_000L) + "µs" : decimal(nanos, 1_000_000L) + "ms";
    }
    StringBuilder text = new StringBuilder();
    if (span.toHours() > 0) {
      text.append(span.toHours()).append('h');
    }
    if (span.toMinutes() > 0) {
      text.append(span.toMinutesPart()).append('m');
    }
    return text.append(decimal(nanos % 60_000_000_000L, 1_000_000_000L)).append('s').toString();
  }

  private static String decimal(long value, long unit) {
    return java.math.BigDecimal.valueOf(value)
        .divide(java.math.BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
