package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.source.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * The flags at the start of an instruction's arguments. Quotes group and vanish, the escape
 * character takes away the meaning of the next; {@code --} alone ends the flags.
 *
 * @param words the flags
 * @param rest what is not flags, trimmed
 */
record FlagWords(List<String> words, String rest) {
  static FlagWords of(String text, char escape) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && Whitespace.is(text.charAt(at))) {
        at++;
      }
      if (!text.startsWith("--", at)) {
        break;
      }
      StringBuilder word = new StringBuilder();
      char quote = 0;
      while (at < text.length() && (quote != 0 || !Whitespace.is(text.charAt(at)))) {
        char c = text.charAt(at++);
        if (c == escape) {
          if (at < text.length()) {
            word.append(text.charAt(at++));
          }
        } else if (quote == 0 && (c == '\'' || c == '"')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      }
      if (word.toString().equals("--")) {
        break;
      }
      words.add(word.toString());
    }
    return new FlagWords(words, Whitespace.strip(text.substring(at)));
  }
}
