package dev.jcompose.core.render;

import dev.jcompose.core.yaml.PlainScalars;

/** How a text is written so that docker compose's YAML library would have written it alike. */
enum ScalarStyle {
  PLAIN,
  SINGLE,
  DOUBLE,
  LITERAL;

  static ScalarStyle of(String text, boolean key) {
    Shape shape = new Shape(text);
    if (text.indexOf('\n') >= 0) {
      return key || !shape.literalAllowed ? DOUBLE : LITERAL;
    }
    if (!PlainScalars.isText(text)) {
      return DOUBLE;
    }
    if (shape.plainAllowed) {
      return PLAIN;
    }
    return shape.singleAllowed ? SINGLE : DOUBLE;
  }

  /** What the characters of a text forbid. */
  private static final class Shape {
    boolean plainAllowed = true;
    boolean singleAllowed = true;
    boolean literalAllowed = true;

    Shape(String text) {
      if (text.startsWith("---") || text.startsWith("...")) {
        plainAllowed = false;
      }
      boolean afterBlank = true;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean beforeBlank = i + 1 == text.length() || isBlank(text.charAt(i + 1));
        if (i == 0 ? isIndicator(c, beforeBlank) : isInnerIndicator(c, afterBlank, beforeBlank)) {
          plainAllowed = false;
        }
        if (!isPrintable(text, i)) {
          plainAllowed = false;
          singleAllowed = false;
          literalAllowed = false;
        }
        if (c == ' ' && (i == 0 || i + 1 == text.length())) {
          plainAllowed = false;
          literalAllowed &= i + 1 != text.length();
        }
        if (c == ' ' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          plainAllowed = false;
          singleAllowed = false;
          literalAllowed = false;
        }
        afterBlank = isBlank(c);
      }
    }

    private static boolean isIndicator(char c, boolean beforeBlank) {
      return switch (c) {
        case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' ->
            true;
        case '?', ':', '-' -> beforeBlank;
        default -> false;
      };
    }

    private static boolean isInnerIndicator(char c, boolean afterBlank, boolean beforeBlank) {
      return (c == ':' && beforeBlank) || (c == '#' && afterBlank);
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isPrintable(String text, int i) {
      char c = text.charAt(i);
      return c == '\n'
          || (c >= ' ' && c <= '~')
          || (c >= '\u00a0' && c <= '\ud7ff')
          || (c >= '\ue000' && c <= '\ufffd' && c != '\ufeff');
    }
  }
}
