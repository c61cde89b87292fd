package dev.jcompose.engine.build.source;

/** What separates words: what Unicode calls white space, as Go's {@code unicode.IsSpace} says. */
public final class Whitespace {
  private Whitespace() {}

  /** Whether a character is white space. */
  public static boolean is(int c) {
    return switch (c) {
      case '\t', '\n', 0x0b, '\f', '\r', ' ', 0x85, 0xa0 -> true;
      default -> c > 0xff && Character.isSpaceChar(c);
    };
  }

  /** Without white space at both ends. */
  public static String strip(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    int start = 0;
    while (start < end && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  /** Without white space at the start. */
  public static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }
}
