package dev.jcompose.core.canonical;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command line into words as docker compose does: with quotes and backslashes, but without
 * a shell. An operator of the shell outside of quotes ends the line; what follows is lost.
 */
public final class ShellWords {
  /** Where in a line the splitting is. */
  private enum State {
    PLAIN,
    SINGLE,
    DOUBLE,
    BACKQUOTE,
    SUBSTITUTION
  }

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private State state = State.PLAIN;
  private boolean started;

  private ShellWords(String line) {
    this.line = line;
  }

  /**
   * What a line splits into.
   *
   * @param words the words
   * @param lost the rest from an operator on; empty when there is none
   */
  public record Split(List<String> words, String lost) {
    /** Copies the list. */
    public Split {
      words = List.copyOf(words);
    }
  }

  /** The words; null when a quote, backslash or parenthesis does not fit. */
  public static @Nullable Split split(String line) {
    return new ShellWords(line).run();
  }

  private @Nullable Split run() {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && state != State.SINGLE) {
        if (++i == line.length()) {
          return null;
        }
        escaped(line.charAt(i));
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        blank(c);
      } else if (state == State.PLAIN && ";&|<>".indexOf(c) >= 0) {
        dropDescriptor(c);
        return finish(line.substring(i));
      } else if (!isQuote(c) && !add(c)) {
        return null;
      }
    }
    return state == State.PLAIN ? finish("") : null;
  }

  private void escaped(char c) {
    started = true;
    if (state == State.BACKQUOTE || state == State.SUBSTITUTION) {
      word.append('\\').append(c);
    } else {
      word.append(c == 't' ? '\t' : c == 'n' ? '\n' : c);
    }
  }

  private void blank(char c) {
    if (state != State.PLAIN) {
      word.append(c);
    } else {
      endWord();
    }
  }

  private void endWord() {
    if (started) {
      words.add(word.toString());
    }
    word.setLength(0);
    started = false;
  }

  /** {@code 2>} redirects descriptor 2: the number is no word. */
  private void dropDescriptor(char operator) {
    if (operator != '>' || word.isEmpty()) {
      return;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return;
      }
    }
    started = false;
  }

  private boolean isQuote(char c) {
    if (c == '\'' && (state == State.PLAIN || state == State.SINGLE)) {
      started |= state == State.SINGLE;
      state = state == State.SINGLE ? State.PLAIN : State.SINGLE;
      return true;
    }
    if (c == '"' && (state == State.PLAIN || state == State.DOUBLE)) {
      started |= state == State.DOUBLE;
      state = state == State.DOUBLE ? State.PLAIN : State.DOUBLE;
      return true;
    }
    return false;
  }

  /** Adds a character that belongs to the word; false when it cannot stand here. */
  private boolean add(char c) {
    boolean quoted = state == State.SINGLE || state == State.DOUBLE || state == State.BACKQUOTE;
    if (c == '(' && !quoted) {
      if (state == State.SUBSTITUTION || word.isEmpty() || word.charAt(word.length() - 1) != '$') {
        return false;
      }
      state = State.SUBSTITUTION;
    } else if (c == ')' && !quoted) {
      if (state != State.SUBSTITUTION) {
        return false;
      }
      state = State.PLAIN;
    } else if (c == '`' && (state == State.PLAIN || state == State.BACKQUOTE)) {
      state = state == State.PLAIN ? State.BACKQUOTE : State.PLAIN;
    }
    word.append(c);
    started = true;
    return true;
  }

  private Split finish(String lost) {
    endWord();
    return new Split(words, lost);
  }
}
