package dev.jcompose.engine.build.expand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of {@code ${x#pattern}} and its kin: {@code *} is any text and {@code ?} any
 * character of one line, a backslash takes away the meaning of {@code * ? \ / }}. Matching takes
 * time proportional to pattern and text, whatever they are.
 */
final class ShellPattern {
  private static final int STAR = -1;
  private static final int ANY = -2;
  private static final int NONE = -1;

  /** Code points, {@link #STAR} and {@link #ANY}. */
  private final int[] elements;

  private ShellPattern(int[] elements) {
    this.elements = elements;
  }

  /** Reads a pattern; null when it escapes a character that has no meaning to take away. */
  static @Nullable ShellPattern parse(String text) {
    int[] points = text.codePoints().toArray();
    List<Integer> elements = new ArrayList<>(points.length);
    for (int i = 0; i < points.length; i++) {
      switch (points[i]) {
        case '*' -> elements.add(STAR);
        case '?' -> elements.add(ANY);
        case '\\' -> {
          i++;
          if (i == points.length || "*?\\/}".indexOf(points[i]) < 0) {
            return null;
          }
          elements.add(points[i]);
        }
        default -> elements.add(points[i]);
      }
    }
    return new ShellPattern(elements.stream().mapToInt(Integer::intValue).toArray());
  }

  String withoutPrefix(String value, boolean longest) {
    int[] points = value.codePoints().toArray();
    int end = end(points, longest);
    return end == NONE ? value : new String(points, end, points.length - end);
  }

  String withoutSuffix(String value, boolean longest) {
    int[] points = value.codePoints().toArray();
    int length = new ShellPattern(reversed(elements)).end(reversed(points), longest);
    return length == NONE ? value : new String(points, 0, points.length - length);
  }

  /**
   * Puts a text in place of the leftmost and longest match, or of all of them.
   *
   * @param most characters of the result at most
   * @return null when the result would be longer
   */
  @Nullable String replace(String value, String replacement, boolean all, int most) {
    int[] points = value.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    int at = 0;
    int last = NONE;
    boolean again = true;
    while (again && at <= points.length) {
      int[] match = find(points, at);
      if (match.length == 0) {
        break;
      }
      out.append(new String(points, at, match[0] - at));
      // Nothing right after a match is no other match, as in Go.
      if (match[1] > match[0] || match[0] != last) {
        out.append(replacement);
        last = match[1];
      }
      if (out.length() > most) {
        return null;
      }
      at = match[1];
      // An empty match moves on by one character, or it would be found for ever.
      if (match[1] == match[0]) {
        if (at < points.length) {
          out.appendCodePoint(points[at]);
        }
        at++;
      }
      again = all;
    }
    if (at < points.length) {
      out.append(new String(points, at, points.length - at));
    }
    return out.length() > most ? null : out.toString();
  }

  /** Where a match that begins at 0 ends: the first such place or the last. */
  private int end(int[] points, boolean longest) {
    int[] starts = fresh();
    enter(starts, 0, 0);
    int found = NONE;
    for (int i = 0; ; i++) {
      if (starts[elements.length] == 0) {
        found = i;
        if (!longest) {
          return found;
        }
      }
      if (i == points.length) {
        return found;
      }
      starts = step(starts, points[i]);
    }
  }

  /** Start and end of the leftmost match at or after a place, and the longest of these. */
  private int[] find(int[] points, int from) {
    int[] starts = fresh();
    int best = Integer.MAX_VALUE;
    int end = from;
    for (int i = from; ; i++) {
      if (best == Integer.MAX_VALUE) {
        enter(starts, 0, i);
      }
      int reached = starts[elements.length];
      if (reached < best || (reached == best && best != Integer.MAX_VALUE)) {
        best = reached;
        end = i;
      }
      if (i == points.length || (best != Integer.MAX_VALUE && noneUpTo(starts, best))) {
        return best == Integer.MAX_VALUE ? new int[0] : new int[] {best, end};
      }
      starts = step(starts, points[i]);
    }
  }

  private boolean noneUpTo(int[] starts, int best) {
    for (int element = 0; element < elements.length; element++) {
      if (starts[element] <= best) {
        return false;
      }
    }
    return true;
  }

  /**
   * For each element the earliest start of a match that waits before it, after one more character.
   */
  private int[] step(int[] starts, int point) {
    int[] next = fresh();
    for (int element = 0; element < elements.length; element++) {
      if (starts[element] == Integer.MAX_VALUE) {
        continue;
      }
      int wanted = elements[element];
      if (wanted == STAR && point != '\n') {
        enter(next, element, starts[element]);
      } else if (wanted == point || (wanted == ANY && point != '\n')) {
        enter(next, element + 1, starts[element]);
      }
    }
    return next;
  }

  /** Waits before an element, and before those after it as long as they may match nothing. */
  private void enter(int[] starts, int element, int start) {
    int at = element;
    while (starts[at] > start) {
      starts[at] = start;
      if (at == elements.length || elements[at] != STAR) {
        return;
      }
      at++;
    }
  }

  private int[] fresh() {
    int[] starts = new int[elements.length + 1];
    Arrays.fill(starts, Integer.MAX_VALUE);
    return starts;
  }

  private static int[] reversed(int[] points) {
    int[] reversed = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      reversed[points.length - 1 - i] = points[i];
    }
    return reversed;
  }
}
