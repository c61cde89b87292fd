package dev.jcompose.core.interpolate;

import dev.jcompose.core.yaml.Growth;
import java.util.function.Consumer;

/**
 * The grammar of variables in text: {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}} with
 * the operators {@code :- - :? ? :+ +}, and {@code $$} for a dollar sign. Operands nest, and only
 * those that are needed are filled in. A dollar sign before anything else stays.
 */
public final class Template {
  /** Deep enough for anybody; keeps a hostile text from exhausting the stack. */
  private static final int DEEPEST = 50;

  private final Lookup lookup;
  private final Consumer<String> unset;
  private final Growth growth;

  /**
   * Makes a template engine.
   *
   * @param lookup where values come from
   * @param unset told the name of each plain variable that is not set and so becomes empty
   * @param growth how much the values may bring
   */
  public Template(Lookup lookup, Consumer<String> unset, Growth growth) {
    this.lookup = lookup;
    this.unset = unset;
    this.growth = growth;
  }

  /** Whether a text has anything to fill in. */
  public static boolean isNeeded(String text) {
    return text.indexOf('$') >= 0;
  }

  /**
   * Fills in the variables of a text.
   *
   * @throws TemplateException when the text breaks the grammar or a required variable has no value
   */
  public String fill(String text) throws TemplateException {
    return fill(text, 0);
  }

  private String fill(String text, int depth) throws TemplateException {
    int dollar = text.indexOf('$');
    if (dollar < 0) {
      return text;
    }
    if (depth > DEEPEST) {
      throw new TemplateException(
          "variables are nested more than " + DEEPEST + " deep", "make it simpler");
    }
    StringBuilder filled = new StringBuilder(text.length() + 16);
    int at = 0;
    while (dollar >= 0) {
      filled.append(text, at, dollar);
      int next = dollar + 1;
      if (next < text.length() && text.charAt(next) == '$') {
        filled.append('$');
        at = next + 1;
      } else if (next < text.length() && text.charAt(next) == '{') {
        int close = closing(text, next);
        filled.append(braced(braces(text, dollar, close), depth));
        at = close + 1;
      } else {
        int end = nameEnd(text, next);
        if (end == next) {
          filled.append('$');
        } else {
          filled.append(plain(text.substring(next, end)));
        }
        at = end;
      }
      dollar = text.indexOf('$', at);
    }
    return filled.append(text, at, text.length()).toString();
  }

  private String plain(String name) throws TemplateException {
    String value = lookup.get(name);
    if (value == null) {
      unset.accept(name);
      return "";
    }
    return bounded(value);
  }

  private String bounded(String value) throws TemplateException {
    if (!growth.takesCharacters(value.length())) {
      throw new TemplateException(
          "variables bring more than " + Growth.MOST_CHARACTERS / 1_000_000 + " million characters",
          "use shorter values");
    }
    return value;
  }

  private String braced(Reference reference, int depth) throws TemplateException {
    String operand = reference.operand();
    if (operand == null) {
      return plain(reference.name());
    }
    String value = lookup.get(reference.name());
    boolean usable = value != null && !(reference.operator().startsWith(":") && value.isEmpty());
    return switch (reference.operator()) {
      case ":-", "-" -> usable && value != null ? bounded(value) : fill(operand, depth + 1);
      case ":+", "+" -> usable ? fill(operand, depth + 1) : "";
      default -> {
        if (usable && value != null) {
          yield bounded(value);
        }
        String message = fill(operand, depth + 1);
        throw new TemplateException(
            "the variable "
                + reference.name()
                + " has no value"
                + (message.isEmpty() ? "" : ": " + message),
            "set " + reference.name() + " in the environment or in .env");
      }
    };
  }

  /**
   * Tells of every variable of a text, those inside operands included.
   *
   * @throws TemplateException when the text breaks the grammar
   */
  public static void visit(String text, Consumer<Reference> visitor) throws TemplateException {
    visit(text, visitor, 0);
  }

  private static void visit(String text, Consumer<Reference> visitor, int depth)
      throws TemplateException {
    int dollar = text.indexOf('$');
    while (dollar >= 0 && depth <= DEEPEST) {
      int next = dollar + 1;
      int at = next;
      if (next < text.length() && text.charAt(next) == '$') {
        at = next + 1;
      } else if (next < text.length() && text.charAt(next) == '{') {
        int close = closing(text, next);
        Reference reference = braces(text, dollar, close);
        visitor.accept(reference);
        String operand = reference.operand();
        if (operand != null) {
          visit(operand, visitor, depth + 1);
        }
        at = close + 1;
      } else {
        at = nameEnd(text, next);
        if (at > next) {
          visitor.accept(new Reference(text.substring(next, at), "", null));
        }
      }
      dollar = text.indexOf('$', at);
    }
  }

  private static int closing(String text, int open) throws TemplateException {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    // Braces that do not pair up, as in ${A:-{}: docker compose then takes all to the line's last.
    int newline = text.indexOf('\n', open);
    int end = newline < 0 ? text.length() : newline;
    int last = text.lastIndexOf('}', end - 1);
    int other = text.indexOf("${", open);
    if (last > open && (other < 0 || other > last)) {
      return last;
    }
    throw invalid(text.substring(open - 1));
  }

  /** The reference between the dollar sign and its closing brace. */
  private static Reference braces(String text, int dollar, int close) throws TemplateException {
    int start = dollar + 2;
    int end = nameEnd(text, start);
    String name = text.substring(start, end);
    if (end == close && end > start) {
      return new Reference(name, "", null);
    }
    int operator = end < close && text.charAt(end) == ':' ? end + 1 : end;
    if (end == start || operator >= close || "-+?".indexOf(text.charAt(operator)) < 0) {
      throw invalid(text.substring(dollar, close + 1));
    }
    return new Reference(
        name, text.substring(end, operator + 1), text.substring(operator + 1, close));
  }

  private static TemplateException invalid(String part) {
    int newline = part.indexOf('\n');
    return new TemplateException(
        "\"" + (newline < 0 ? part : part.substring(0, newline)) + "\" is not a variable",
        "write $$ for a dollar sign, or ${NAME:-default}");
  }

  private static int nameEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end), end > start)) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c, boolean inside) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (inside && c >= '0' && c <= '9');
  }
}
