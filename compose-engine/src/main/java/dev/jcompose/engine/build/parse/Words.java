package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.build.dockerfile.KeyValue;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.source.Whitespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways instructions split their arguments. */
final class Words {
  private Words() {}

  /** What separates plain words. */
  static boolean isBlank(char c) {
    return c == '\t' || c == 0x0b || c == '\f' || c == '\r' || c == ' ';
  }

  /** Splits at blanks; quotes mean nothing. */
  static List<String> plain(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isBlank(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** Splits at white space outside of quotes that is not escaped; quotes and escapes stay. */
  static List<String> quoted(String text, char escape) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Whitespace.is(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      if (c == escape && quote != '\'') {
        // At the very end there is nothing to protect, and the escape goes.
        if (i + 1 < text.length()) {
          word.append(c).append(text.charAt(++i));
        }
        continue;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      word.append(c);
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** The strings of a JSON array; null when the text is none, which makes it a shell form. */
  static @Nullable List<String> json(String text) throws SyntaxException {
    if (!text.startsWith("[")) {
      return null;
    }
    List<?> parsed;
    try {
      parsed = Json.parse(text) instanceof List<?> list ? list : null;
    } catch (JsonException e) {
      parsed = null;
    }
    if (parsed == null) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (Object element : parsed) {
      if (!(element instanceof String word)) {
        throw new SyntaxException(
            "[", "the JSON array has an element that is not text", "put each one in double quotes");
      }
      words.add(word);
    }
    return words;
  }

  /** Either form. */
  static List<String> jsonOrPlain(String text) throws SyntaxException {
    List<String> words = json(text);
    return words == null ? plain(text) : words;
  }

  /** Whether {@code name value} is written in the old way, without an equals sign. */
  static boolean isLegacy(String text, char escape) {
    List<String> words = quoted(text, escape);
    return !words.isEmpty() && words.getFirst().indexOf('=') < 0;
  }

  /** {@code name=value ...}, or the old {@code name rest of the line}. */
  static List<KeyValue> pairs(String text, char escape, Keyword keyword) throws SyntaxException {
    if (isLegacy(text, escape)) {
      int end = 0;
      while (end < text.length() && !isBlank(text.charAt(end))) {
        end++;
      }
      String value = Whitespace.strip(text.substring(end));
      if (value.isEmpty()) {
        throw new SyntaxException(
            text,
            keyword + " needs a name and a value",
            "write " + keyword + " " + text + "=value");
      }
      return List.of(new KeyValue(text.substring(0, end), value));
    }
    List<KeyValue> pairs = new ArrayList<>();
    for (String word : quoted(text, escape)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new SyntaxException(
            word,
            "\"" + word + "\" has no equals sign",
            "write name=value, and put a value with blanks in double quotes");
      }
      if (equals == 0) {
        throw new SyntaxException(
            word, "\"" + word + "\" has no name before the equals sign", "write name=value");
      }
      pairs.add(new KeyValue(word.substring(0, equals), word.substring(equals + 1)));
    }
    return pairs;
  }
}
