package dev.jcompose.core.canonical;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of amounts of memory: {@code 512m}, {@code 1.5GiB}, {@code 64 kb}; units are of 1024.
 */
public final class ByteSize {
  private ByteSize() {}

  /** Bytes; null when the text is no amount or is negative. */
  public static @Nullable Long parse(String text) {
    int end = 0;
    int dots = 0;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      dots += text.charAt(end) == '.' ? 1 : 0;
      end++;
    }
    if (end == 0 || dots > 1 || !isDigit(text.charAt(0))) {
      return null;
    }
    String number = text.substring(0, end);
    int unitStart = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    long unit = unit(text.substring(unitStart).toLowerCase(java.util.Locale.ROOT));
    if (unit == 0) {
      return null;
    }
    if (dots == 0 && unit == 1) {
      return whole(number);
    }
    double bytes = Double.parseDouble(number) * unit;
    return bytes >= Long.MAX_VALUE ? null : (Long) (long) bytes;
  }

  private static @Nullable Long whole(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static long unit(String name) {
    return switch (name) {
      case "", "b" -> 1;
      case "k", "kb", "kib" -> 1L << 10;
      case "m", "mb", "mib" -> 1L << 20;
      case "g", "gb", "gib" -> 1L << 30;
      case "t", "tb", "tib" -> 1L << 40;
      case "p", "pb", "pib" -> 1L << 50;
      default -> 0;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
