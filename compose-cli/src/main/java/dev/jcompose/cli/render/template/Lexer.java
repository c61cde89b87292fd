package dev.jcompose.cli.render.template;

import java.util.ArrayList;
import java.util.List;

/** Cuts what stands between two braces into words. */
final class Lexer {
  /** What sort of word. */
  enum Kind {
    PATH,
    WORD,
    TEXT,
    NUMBER,
    SIGN
  }

  /** A word, without the quotes of a text. */
  record Token(Kind kind, String text) {}

  private final String source;
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) throws TemplateException {
    return new Lexer(source).all();
  }

  private List<Token> all() throws TemplateException {
    List<Token> tokens = new ArrayList<>();
    while (at < source.length()) {
      char c = source.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '`') {
        tokens.add(new Token(Kind.TEXT, quoted(c)));
      } else if (c == '.' || c == '$') {
        tokens.add(new Token(Kind.PATH, run()));
      } else if (Character.isDigit(c) || (c == '-' && isDigit(at + 1))) {
        tokens.add(new Token(Kind.NUMBER, run()));
      } else if (Character.isLetter(c) || c == '_') {
        tokens.add(new Token(Kind.WORD, run()));
      } else if (source.startsWith(":=", at)) {
        tokens.add(new Token(Kind.SIGN, ":="));
        at += 2;
      } else if ("|(),=".indexOf(c) >= 0) {
        tokens.add(new Token(Kind.SIGN, String.valueOf(c)));
        at++;
      } else {
        throw new TemplateException("\"" + c + "\" means nothing in {{" + source + "}}");
      }
    }
    return tokens;
  }

  private boolean isDigit(int index) {
    return index < source.length() && Character.isDigit(source.charAt(index));
  }

  private String run() {
    int start = at++;
    while (at < source.length()
        && (Character.isLetterOrDigit(source.charAt(at)) || "_.".indexOf(source.charAt(at)) >= 0)) {
      at++;
    }
    return source.substring(start, at);
  }

  private String quoted(char quote) throws TemplateException {
    StringBuilder text = new StringBuilder();
    for (at++; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == quote) {
        at++;
        return text.toString();
      }
      if (c == '\\' && quote == '"' && at + 1 < source.length()) {
        at++;
        text.append(
            switch (source.charAt(at)) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> source.charAt(at);
            });
      } else {
        text.append(c);
      }
    }
    throw new TemplateException("a text is not closed in {{" + source + "}}");
  }
}
