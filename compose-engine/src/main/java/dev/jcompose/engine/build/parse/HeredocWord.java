package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.expand.Variables;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word that begins a heredoc: {@code <<NAME}, {@code <<-NAME}, {@code 3<<"NAME"}.
 *
 * @param name without quotes
 * @param expands false when it was quoted in any way
 * @param stripsTabs whether there is a dash
 */
record HeredocWord(String name, boolean expands, boolean stripsTabs) {
  private static final Pattern WORD = Pattern.compile("\\d*+<<(-?)\\s*+([^<]++)");

  /** Reads a word; null when it is no heredoc. */
  static @Nullable HeredocWord of(String word) {
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches()) {
      return null;
    }
    try {
      String rest = matcher.group(2);
      List<String> names = new Lexer('\\', Lexer.Keep.UNSET).expand(rest, Variables.NONE).words();
      List<String> written =
          new Lexer('\\', Lexer.Keep.UNSET, Lexer.Keep.QUOTES, Lexer.Keep.ESCAPES)
              .expand(rest, Variables.NONE)
              .words();
      if (names.size() != 1) {
        return null;
      }
      boolean expands = names.equals(written);
      return new HeredocWord(names.getFirst(), expands, !matcher.group(1).isEmpty());
    } catch (SyntaxException e) {
      return null;
    }
  }

  /** Those of a line, in order; {@code <<} within quotes begins none. */
  static List<HeredocWord> all(String line, char escape) {
    if (!line.contains("<<")) {
      return List.of();
    }
    List<HeredocWord> found = new ArrayList<>();
    try {
      Lexer lexer = new Lexer(escape, Lexer.Keep.UNSET, Lexer.Keep.QUOTES, Lexer.Keep.ESCAPES);
      for (String word : lexer.expand(line, Variables.NONE).words()) {
        HeredocWord heredoc = of(word);
        if (heredoc != null) {
          found.add(heredoc);
        }
      }
    } catch (SyntaxException e) {
      // Quotes that do not close are the shell's business; it has no heredocs then.
      return List.of();
    }
    return found;
  }
}
