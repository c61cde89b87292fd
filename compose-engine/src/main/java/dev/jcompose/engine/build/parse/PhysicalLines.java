package dev.jcompose.engine.build.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file one after the other, with their ends, which heredocs keep. */
final class PhysicalLines {
  /** Docker's bound on a line, in bytes. */
  static final int LONGEST = 65_535;

  private final String text;
  private int at;
  private int number;

  PhysicalLines(String text) {
    this.text = text;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** The next line with its end; null after the last. */
  @Nullable String next() {
    if (at >= text.length()) {
      return null;
    }
    int end = text.indexOf('\n', at);
    String line = text.substring(at, end < 0 ? text.length() : end + 1);
    at += line.length();
    number++;
    return line;
  }

  /** The number of the line that {@link #next} gave last; 0 before the first. */
  int number() {
    return number;
  }

  static boolean isTooLong(String line) {
    // Few lines are long enough to count their bytes.
    return line.length() > LONGEST / 3 && line.getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  /** A line without its end. */
  static String withoutEnd(String line) {
    int end = line.length();
    if (line.endsWith("\n")) {
      end--;
      if (end > 0 && line.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return line.substring(0, end);
  }
}
