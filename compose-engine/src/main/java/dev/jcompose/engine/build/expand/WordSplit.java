package dev.jcompose.engine.build.expand;

import dev.jcompose.engine.build.source.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Collects the words of a text as the lexer goes through it. */
final class WordSplit {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  /** Adds a character that ends the word when it is white space. */
  void add(int c) {
    if (!Whitespace.is(c)) {
      word.appendCodePoint(c);
    } else {
      end();
    }
  }

  /** Adds the value of a variable: white space in it ends words. */
  void add(String text) {
    text.codePoints().forEach(this::add);
  }

  /** Adds what was quoted or escaped: white space in it is part of the word. */
  void addRaw(String text) {
    word.append(text);
  }

  List<String> words() {
    end();
    return words;
  }

  private void end() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
