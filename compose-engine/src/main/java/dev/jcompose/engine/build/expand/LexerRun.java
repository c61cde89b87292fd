package dev.jcompose.engine.build.expand;

import dev.jcompose.engine.build.source.SyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;

/** One pass of the lexer over one text. */
final class LexerRun {
  /** Deep enough for anybody; keeps a hostile text from exhausting the stack. */
  private static final int DEEPEST = 50;

  /** Keeps variables that double themselves from exhausting the memory. */
  private static final int LONGEST = 1_000_000;

  private static final int END = -1;

  private final String text;
  private final Variables variables;
  private final char escape;
  private final Set<Lexer.Keep> kept;
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> unset = new LinkedHashSet<>();
  private int at;
  private int depth;

  LexerRun(String text, Variables variables, char escape, Set<Lexer.Keep> kept) {
    this.text = text;
    this.variables = variables;
    this.escape = escape;
    this.kept = kept;
  }

  Expanded whole() throws SyntaxException {
    WordSplit words = new WordSplit();
    String all = until(END, kept.contains(Lexer.Keep.ESCAPES), words);
    return new Expanded(all, words.words(), used, unset);
  }

  /** Goes on to a character and past it; what stands there may hold quotes and variables. */
  private String until(int stop, boolean rawEscapes, WordSplit words) throws SyntaxException {
    if (++depth > DEEPEST) {
      throw wrong("variables are nested more than " + DEEPEST + " deep", "make it simpler");
    }
    boolean quotes = !kept.contains(Lexer.Keep.QUOTES_AS_TEXT);
    StringBuilder out = new StringBuilder();
    while (peek() != END) {
      int c = peek();
      if (c == stop) {
        next();
        depth--;
        return out.toString();
      }
      if (c == '$') {
        String value = dollar(rawEscapes);
        out.append(value);
        words.add(value);
      } else if (quotes && (c == '\'' || c == '"')) {
        String value = c == '"' ? doubleQuoted(rawEscapes) : singleQuoted();
        out.append(value);
        words.addRaw(value);
      } else if (c == escape) {
        String value = escaped(rawEscapes);
        out.append(value);
        words.addRaw(value);
      } else {
        next();
        out.appendCodePoint(c);
        words.add(c);
      }
      if (out.length() > LONGEST) {
        throw wrong("it expands to more than a million characters", "use shorter values");
      }
    }
    if (stop != END) {
      throw missing(stop);
    }
    depth--;
    return out.toString();
  }

  private String escaped(boolean raw) {
    next();
    StringBuilder out = new StringBuilder();
    if (raw) {
      out.append(escape);
    }
    // At the very end there is nothing to protect, and the escape goes.
    if (peek() != END) {
      out.appendCodePoint(next());
    }
    return out.toString();
  }

  private String singleQuoted() throws SyntaxException {
    int start = at;
    int end = text.indexOf('\'', start + 1);
    if (end < 0) {
      throw missing('\'');
    }
    at = end + 1;
    return kept.contains(Lexer.Keep.QUOTES)
        ? text.substring(start, at)
        : text.substring(start + 1, end);
  }

  private String doubleQuoted(boolean rawEscapes) throws SyntaxException {
    StringBuilder out = new StringBuilder();
    String quote = kept.contains(Lexer.Keep.QUOTES) ? "\"" : "";
    next();
    out.append(quote);
    while (true) {
      int c = peek();
      if (c == END) {
        throw missing('"');
      } else if (c == '"') {
        next();
        return out.append(quote).toString();
      } else if (c == '$') {
        out.append(dollar(rawEscapes));
      } else if (c == escape) {
        next();
        if (rawEscapes) {
          out.append(escape);
        }
        int protectedOne = peek();
        if (protectedOne == '"' || protectedOne == '$' || protectedOne == escape) {
          out.appendCodePoint(next());
        } else if (protectedOne != END) {
          // Before anything else it is a character like others.
          out.append(rawEscapes ? "" : String.valueOf(escape));
        }
      } else {
        out.appendCodePoint(next());
      }
      if (out.length() > LONGEST) {
        throw wrong("it expands to more than a million characters", "use shorter values");
      }
    }
  }

  private String dollar(boolean rawEscapes) throws SyntaxException {
    int start = at;
    next();
    if (peek() != '{') {
      String name = name();
      if (name.isEmpty()) {
        return "$";
      }
      String value = variables.get(name);
      return known(name, value) ? value(value) : kept(start);
    }
    next();
    switch (peek()) {
      case END -> throw missing('}');
      case '{', '}', ':' -> throw wrong("bad substitution", "write ${NAME} or ${NAME:-default}");
      default -> {}
    }
    String name = name();
    int operator = next();
    return switch (operator) {
      case END -> throw missing('}');
      case '}' -> {
        String value = variables.get(name);
        yield known(name, value) ? value(value) : kept(start);
      }
      case ':' -> conditional(start, name, next(), true);
      case '-', '+', '?' -> conditional(start, name, operator, false);
      case '#', '%' -> trimmed(start, name, operator);
      case '/' -> replaced(start, name, rawEscapes);
      default -> throw unsupported(Character.toString(operator));
    };
  }

  private String conditional(int start, String name, int operator, boolean emptyIsUnset)
      throws SyntaxException {
    if (operator == END) {
      throw missing('}');
    }
    if (operator != '-' && operator != '+' && operator != '?') {
      throw unsupported(":" + Character.toString(operator));
    }
    String operand = until('}', false, new WordSplit());
    String value = variables.get(name);
    // A variable with a fallback is meant to be unset at times, so it does not count as missing.
    boolean set = value != null;
    if (set) {
      used.add(name);
    }
    if (!set && kept.contains(Lexer.Keep.UNSET)) {
      return kept(start);
    }
    boolean usable = value != null && !(emptyIsUnset && value.isEmpty());
    return switch (operator) {
      case '-' -> usable ? value(value) : operand;
      case '+' -> usable ? operand : "";
      default -> {
        if (usable) {
          yield value(value);
        }
        String why =
            operand.isEmpty() ? (value == null ? "it is not set" : "it is empty") : operand;
        throw wrong("the variable " + name + " is required: " + why, "set it with ARG or ENV");
      }
    };
  }

  private String trimmed(int start, String name, int operator) throws SyntaxException {
    boolean longest = peek() == operator;
    if (longest) {
      next();
    }
    String operand = until('}', true, new WordSplit());
    String value = variables.get(name);
    if (!known(name, value)) {
      return kept(start);
    }
    ShellPattern pattern = pattern(operand, value(value));
    return operator == '#'
        ? pattern.withoutPrefix(value(value), longest)
        : pattern.withoutSuffix(value(value), longest);
  }

  private String replaced(int start, String name, boolean rawEscapes) throws SyntaxException {
    boolean all = peek() == '/';
    if (all) {
      next();
    }
    String operand = until('/', true, new WordSplit());
    String replacement = until('}', rawEscapes, new WordSplit());
    String value = variables.get(name);
    if (!known(name, value)) {
      return kept(start);
    }
    String result = pattern(operand, value(value)).replace(value(value), replacement, all, LONGEST);
    if (result == null) {
      throw wrong("it expands to more than a million characters", "use shorter values");
    }
    return result;
  }

  private ShellPattern pattern(String operand, String value) throws SyntaxException {
    if ((long) operand.length() * value.length() > 20L * LONGEST) {
      throw wrong("its pattern and its value are too long together", "use shorter ones");
    }
    ShellPattern pattern = ShellPattern.parse(operand);
    if (pattern == null) {
      throw wrong(
          "the pattern \"" + shorten(operand) + "\" escapes a character that is not special",
          "escape only *, ?, /, } and the backslash itself");
    }
    return pattern;
  }

  private boolean known(String name, @org.jspecify.annotations.Nullable String value) {
    (value == null ? unset : used).add(name);
    return value != null;
  }

  private static String value(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : value;
  }

  /** The variable as written when those that are not set stay; nothing otherwise. */
  private String kept(int start) {
    return kept.contains(Lexer.Keep.UNSET) ? text.substring(start, at) : "";
  }

  /** Letters, digits and underscores; digits alone when it begins with one; or one special sign. */
  private String name() {
    int start = at;
    int first = peek();
    if (first != END && first < 128 && "@*#?-$!".indexOf(first) >= 0) {
      next();
    } else if (Character.isDigit(first)) {
      while (Character.isDigit(peek())) {
        next();
      }
    } else {
      while (peek() == '_' || Character.isLetter(peek()) || Character.isDigit(peek())) {
        next();
      }
    }
    return text.substring(start, at);
  }

  private int peek() {
    return at < text.length() ? text.codePointAt(at) : END;
  }

  private int next() {
    int c = peek();
    at += c == END ? 0 : Character.charCount(c);
    return c;
  }

  private SyntaxException missing(int what) {
    String sign = Character.toString(what);
    return wrong("a closing " + sign + " is missing", "add it");
  }

  private SyntaxException unsupported(String operator) {
    return wrong(
        "the operator " + operator + " is not known", "use one of :- - :+ + :? ? # ## % %% / //");
  }

  private SyntaxException wrong(String what, String nextMove) {
    return new SyntaxException("", "\"" + shorten(text) + "\": " + what, nextMove);
  }

  private static String shorten(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }
}
