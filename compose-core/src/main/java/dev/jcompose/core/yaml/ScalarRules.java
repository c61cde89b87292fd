package dev.jcompose.core.yaml;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means. The rules are those of docker compose's YAML library: YAML 1.2 words,
 * octal numbers with a leading 0 or 0o, underscores inside numbers; {@code yes} and {@code on} are
 * text; dates are text.
 */
final class ScalarRules {
  private ScalarRules() {}

  /**
   * A {@link String}, {@link Long}, {@link BigInteger}, {@link Double}, {@link Boolean}, or null
   * for no value.
   */
  static @Nullable Object resolve(String text) {
    if (text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> text;
    };
  }

  private static Object number(String text) {
    Double special = special(text);
    if (special != null) {
      return special;
    }
    String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
    if (text.charAt(0) != '.') {
      Long whole = whole(plain);
      if (whole != null) {
        return whole;
      }
    }
    if (isDecimal(plain)) {
      return isDigits(plain) && plain.length() <= 20
          ? new BigInteger(plain)
          : Double.valueOf(plain);
    }
    return text;
  }

  private static @Nullable Double special(String text) {
    return switch (text) {
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      default -> null;
    };
  }

  /**
   * Digits with an optional sign and the prefixes 0x, 0o, 0b or 0 (octal); null when it is
   * something else.
   */
  static @Nullable Long whole(String text) {
    int start = 0;
    boolean negative = false;
    if (!text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      start = 1;
    }
    int radix = 10;
    if (text.length() > start + 1 && text.charAt(start) == '0') {
      switch (text.charAt(start + 1)) {
        case 'x', 'X' -> {
          radix = 16;
          start += 2;
        }
        case 'o', 'O' -> {
          radix = 8;
          start += 2;
        }
        case 'b', 'B' -> {
          radix = 2;
          start += 2;
        }
        default -> {
          radix = 8;
          start += 1;
        }
      }
    }
    if (start >= text.length() || text.length() - start > 64) {
      return null;
    }
    long value = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0 || text.charAt(i) > 'z' || value > (Long.MAX_VALUE - digit) / radix) {
        return null;
      }
      value = value * radix + digit;
    }
    return negative ? -value : value;
  }

  /** A number beyond 63 bits, which stays whole up to 64. */
  private static boolean isDigits(String text) {
    if (text.length() < 19 || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDecimal(String text) {
    int i = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int digits = 0;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
      digits++;
    }
    if (i < text.length() && text.charAt(i) == '.') {
      i++;
      int fraction = i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      if (digits == 0 && i == fraction) {
        return false;
      }
    } else if (digits == 0) {
      return false;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
        i++;
      }
      int exponent = i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      if (i == exponent) {
        return false;
      }
    }
    return i == text.length();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
