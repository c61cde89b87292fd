package dev.jcompose.core.render;

/**
 * The order in which docker compose's YAML library prints keys: numbers inside them by value,
 * letters after the rest.
 */
final class NaturalOrder {
  private NaturalOrder() {}

  static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    boolean afterDigit = false;
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x == y) {
        afterDigit = Character.isDigit(x);
        continue;
      }
      boolean letterX = Character.isLetter(x);
      boolean letterY = Character.isLetter(y);
      if (letterX && letterY) {
        return Character.compare(x, y);
      }
      if (letterX || letterY) {
        // A number that goes on is greater than one that a letter ends.
        return letterX == afterDigit ? -1 : 1;
      }
      int byNumber = numbers(a, b, i);
      return byNumber != 0 ? byNumber : Character.compare(x, y);
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int numbers(String a, String b, int i) {
    long carry = (a.charAt(i) == '0' || b.charAt(i) == '0') && insideNumber(a, i) ? 1 : 0;
    int endA = end(a, i);
    int endB = end(b, i);
    int byValue = Long.compare(value(a, i, endA, carry), value(b, i, endB, carry));
    return byValue != 0 ? byValue : Integer.compare(endA, endB);
  }

  private static boolean insideNumber(String text, int i) {
    for (int j = i - 1; j >= 0 && Character.isDigit(text.charAt(j)); j--) {
      if (text.charAt(j) != '0') {
        return true;
      }
    }
    return false;
  }

  private static int end(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static long value(String text, int start, int end, long carry) {
    long value = carry;
    for (int i = start; i < end; i++) {
      value = value * 10 + Character.digit(text.charAt(i), 10);
    }
    return value;
  }
}
