package dev.jcompose.core.canonical;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command line into words as a shell would, with quotes and backslashes but without
 * variables, globs or operators.
 */
public final class ShellWords {
  private ShellWords() {}

  /** The words; null when a quote or backslash is not finished. */
  public static @Nullable List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean started = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'') {
        if (++i == line.length()) {
          return null;
        }
        word.append(line.charAt(i));
        started = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        started = true;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        if (started) {
          words.add(word.toString());
          word.setLength(0);
          started = false;
        }
      } else {
        word.append(c);
        started = true;
      }
    }
    if (quote != 0) {
      return null;
    }
    if (started) {
      words.add(word.toString());
    }
    return words;
  }
}
