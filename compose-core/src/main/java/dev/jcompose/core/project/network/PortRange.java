package dev.jcompose.core.project.network;

import org.jspecify.annotations.Nullable;

/**
 * One port or several in a row.
 *
 * @param first 0..65535; 0 lets the engine choose
 * @param last not below {@code first}
 */
public record PortRange(int first, int last) {
  /** Checks the bounds. */
  public PortRange {
    if (first < 0 || last > 65535 || first > last) {
      throw new IllegalArgumentException("no port range: " + first + "-" + last);
    }
  }

  /** Reads {@code 80} or {@code 8000-8010}; null when it is neither. */
  public static @Nullable PortRange parse(String text) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : number(text.substring(dash + 1));
    return first < 0 || last < first ? null : new PortRange(first, last);
  }

  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 5) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value > 65535 ? -1 : value;
  }

  /** How many ports; at least 1. */
  public int size() {
    return last - first + 1;
  }

  /** The inverse of {@link #parse}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
