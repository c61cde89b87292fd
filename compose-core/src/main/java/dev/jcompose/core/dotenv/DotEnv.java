package dev.jcompose.core.dotenv;

import dev.jcompose.core.interpolate.Lookup;
import dev.jcompose.core.interpolate.Template;
import dev.jcompose.core.interpolate.TemplateException;
import dev.jcompose.core.yaml.Growth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of env files: {@code [export] NAME=value}, also with a colon; values without quotes
 * end at {@code " #"} and are filled in; in single quotes they are literal; in double quotes
 * escapes and variables work; quoted ones may span lines. A name alone is taken from outside, or
 * left out.
 */
public final class DotEnv {
  private final String text;
  private final Lookup outside;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Template template;
  private int at;
  private int line = 1;
  private int statement = 1;

  /**
   * One variable of a file.
   *
   * @param value its value
   * @param line where it stands, from 1
   */
  public record Value(String value, int line) {}

  /** Told of variables that are used but not set. */
  public interface Unset {
    /**
     * One use.
     *
     * @param name the variable
     * @param line of the statement that uses it, from 1
     */
    void used(String name, int line);
  }

  private DotEnv(String text, Lookup outside, Unset unset, Growth growth) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.outside = outside;
    this.template = new Template(this::lookup, name -> unset.used(name, statement), growth);
  }

  private @Nullable String lookup(String name) {
    String value = outside.get(name);
    if (value != null) {
      return value;
    }
    Value own = values.get(name);
    return own == null ? null : own.value;
  }

  /**
   * Reads a file.
   *
   * @param text its text
   * @param outside variables that are known already; they win over those of the file
   * @param unset told of each variable that is used but not set
   * @param growth how much the variables of the file may bring each other
   * @throws DotEnvException when the text breaks the grammar
   */
  public static Map<String, Value> parse(String text, Lookup outside, Unset unset, Growth growth)
      throws DotEnvException {
    DotEnv file = new DotEnv(text, outside, unset, growth);
    file.statements();
    return file.values;
  }

  /**
   * Reads a file of the raw kind: each line is {@code NAME=value} to its end, without quotes,
   * escapes or variables.
   *
   * @throws DotEnvException when a name has a space
   */
  public static Map<String, Value> parseRaw(String text, Lookup outside) throws DotEnvException {
    Map<String, Value> values = new LinkedHashMap<>();
    int number = 0;
    String all = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : (Iterable<String>) all.lines()::iterator) {
      number++;
      String stripped = line.stripLeading();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int equals = stripped.indexOf('=');
      String name = equals < 0 ? stripped.stripTrailing() : stripped.substring(0, equals);
      if (name.isEmpty() || name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
        throw new DotEnvException(number, "\"" + name + "\" is not a name of a variable");
      }
      String value = equals < 0 ? outside.get(name) : stripped.substring(equals + 1);
      if (value != null) {
        values.put(name, new Value(value, number));
      }
    }
    return values;
  }

  private void statements() throws DotEnvException {
    while (skipToStatement()) {
      statement = line;
      String name = name();
      if (name == null) {
        continue;
      }
      String value = value();
      values.put(name, new Value(value, statement));
    }
  }

  /** Past blanks, empty lines and comments; false at the end. */
  private boolean skipToStatement() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        skipLine();
      } else if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  /**
   * The name, with the position after its separator; null for a name alone, which is dealt with.
   */
  private @Nullable String name() throws DotEnvException {
    if (text.startsWith("export", at)
        && at + 6 < text.length()
        && (text.charAt(at + 6) == ' ' || text.charAt(at + 6) == '\t')) {
      at += 6;
      skipBlanks();
    }
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    skipBlanks();
    if (at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
      inherit(name);
      return null;
    }
    char separator = text.charAt(at);
    if (separator == '#' && !name.isEmpty()) {
      inherit(name);
      skipLine();
      return null;
    }
    if (name.isEmpty() || (separator != '=' && separator != ':')) {
      int end = text.indexOf('\n', start);
      String rest = text.substring(start, end < 0 ? text.length() : end).strip();
      throw new DotEnvException(line, "\"" + shorten(rest) + "\" is not NAME=value");
    }
    at++;
    return name;
  }

  private static String shorten(String rest) {
    // The rest of a line may hold a password.
    int equals = rest.indexOf('=');
    String head = equals < 0 ? rest : rest.substring(0, equals + 1) + "...";
    return head.length() > 60 ? head.substring(0, 60) + "..." : head;
  }

  private void inherit(String name) {
    String value = outside.get(name);
    if (value != null) {
      values.put(name, new Value(value, line));
    }
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '[' || c == ']';
  }

  private String value() throws DotEnvException {
    skipBlanks();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return quoted(text.charAt(at));
    }
    int start = at;
    skipLine();
    String raw = text.substring(start, at);
    int comment = raw.indexOf(" #");
    return fill((comment < 0 ? raw : raw.substring(0, comment)).strip());
  }

  private String quoted(char quote) throws DotEnvException {
    int opened = line;
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        at = i + 1;
        return quote == '"' ? fill(value.toString()) : value.toString();
      }
      if (c == '\n') {
        line++;
      }
      if (c == '\\' && i + 1 < text.length()) {
        i += quote == '"' ? escape(value, i + 1) : literalEscape(value, i + 1);
      } else {
        value.append(c);
      }
    }
    throw new DotEnvException(
        opened,
        "the quote " + quote + " is not closed",
        "close it, or write \\" + quote + " inside");
  }

  private int literalEscape(StringBuilder value, int next) {
    if (text.charAt(next) == '\'') {
      value.append('\'');
      return 1;
    }
    value.append('\\');
    return 0;
  }

  /**
   * Appends what an escape stands for and tells how many characters it took after the backslash.
   */
  private int escape(StringBuilder value, int next) {
    char c = text.charAt(next);
    switch (c) {
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case '"' -> value.append('"');
      case '\\' -> value.append('\\');
      // Filling in makes one dollar sign of two.
      case '$' -> value.append("$$");
      case '0' -> {
        return octal(value, next);
      }
      default -> {
        value.append('\\');
        return 0;
      }
    }
    return 1;
  }

  /**
   * Three octal digits after the zero. Other numbers stand as they are but for the zero, as in
   * docker compose.
   */
  private int octal(StringBuilder value, int next) {
    int end = next + 1;
    while (end < text.length() && end < next + 4 && isDigit(text.charAt(end))) {
      end++;
    }
    String digits = text.substring(next + 1, end);
    if (digits.matches("[0-3][0-7]{2}")) {
      value.append((char) Integer.parseInt(digits, 8));
    } else {
      value.append('\\').append(digits);
    }
    return end - next;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String fill(String raw) throws DotEnvException {
    try {
      return template.fill(raw);
    } catch (TemplateException e) {
      throw new DotEnvException(line, String.valueOf(e.getMessage()), e.nextMove());
    }
  }
}
