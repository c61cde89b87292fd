package dev.jcompose.core.yaml;

/** Whether a text, written without quotes, would be read as that text by every YAML tool. */
public final class PlainScalars {
  private PlainScalars() {}

  /** False for what some tool reads as nothing, a boolean, a number, a time or a merge. */
  public static boolean isText(String text) {
    return ScalarRules.resolve(text) instanceof String
        && !isOldBoolean(text)
        && !isBase60(text)
        && !isTimestamp(text)
        && !text.equals("<<");
  }

  private static boolean isOldBoolean(String text) {
    return switch (text) {
      case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> true;
      case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> true;
      default -> false;
    };
  }

  /** Such as {@code 22:22}, which YAML 1.1 reads as a number of base 60. */
  private static boolean isBase60(String text) {
    int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (i >= text.length() || !isDigit(text.charAt(i)) || text.indexOf(':') < 0) {
      return false;
    }
    while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == '_')) {
      i++;
    }
    int groups = 0;
    while (i < text.length() && text.charAt(i) == ':') {
      int start = ++i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      if (i == start || i - start > 2 || (i - start == 2 && text.charAt(start) > '5')) {
        return false;
      }
      groups++;
    }
    if (i < text.length() && text.charAt(i) == '.') {
      i++;
      while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == '_')) {
        i++;
      }
    }
    return groups > 0 && i == text.length();
  }

  /** Such as {@code 2001-12-14} or {@code 2001-12-14T21:59:43Z}. */
  private static boolean isTimestamp(String text) {
    if (text.length() < 8 || text.charAt(4) != '-') {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    int dash = text.indexOf('-', 5);
    if (dash < 6 || dash > 7 || dash + 1 >= text.length()) {
      return false;
    }
    int end = dash + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == dash + 1 || end > dash + 3) {
      return false;
    }
    if (end == text.length()) {
      return true;
    }
    char next = text.charAt(end);
    return (next == 'T' || next == 't' || next == ' ')
        && end + 1 < text.length()
        && isDigit(text.charAt(end + 1))
        && text.indexOf(':', end) > 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
