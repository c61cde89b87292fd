package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of one instruction, checked against those it may have. */
final class Flags {
  /** What a flag may be given. */
  enum Kind {
    TEXT,
    TEXTS,
    SWITCH
  }

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Reads flags.
   *
   * @param allowed the flags of the instruction by name, without dashes
   */
  Flags(Statement statement, Map<String, Kind> allowed) throws SyntaxException {
    for (String word : statement.flags()) {
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      Kind kind = allowed.get(name);
      if (kind == null) {
        throw unknown(statement, name, allowed);
      }
      if (values.containsKey(name) && kind != Kind.TEXTS) {
        throw new SyntaxException(
            "--" + name, "the flag --" + name + " is given twice", "remove one of them");
      }
      String value = equals < 0 ? null : word.substring(equals + 1);
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(checked(name, kind, value));
    }
  }

  private static String checked(String name, Kind kind, @Nullable String value)
      throws SyntaxException {
    if (kind != Kind.SWITCH) {
      if (value == null) {
        throw new SyntaxException(
            "--" + name, "the flag --" + name + " needs a value", "write --" + name + "=VALUE");
      }
      return value;
    }
    String truth = value == null ? "true" : value.toLowerCase(Locale.ROOT);
    if (!truth.equals("true") && !truth.equals("false")) {
      throw new SyntaxException(
          "--" + name,
          "the flag --" + name + " is true or false, not \"" + value + "\"",
          "write --" + name + " alone, or --" + name + "=false");
    }
    return truth;
  }

  private static SyntaxException unknown(
      Statement statement, String name, Map<String, Kind> allowed) {
    String keyword = statement.origin().keyword().toUpperCase(Locale.ROOT);
    List<String> known = allowed.keySet().stream().map(flag -> "--" + flag).toList();
    String otherwise =
        known.isEmpty()
            ? "it has no flags; a word that begins with dashes goes after --"
            : "it has " + String.join(", ", known);
    return new SyntaxException(
        "--" + name,
        keyword + " has no flag --" + name,
        Spelling.didYouMean("--" + name, known, otherwise));
  }

  /** The value of a flag; empty when it is not given. */
  String text(String name) {
    return values.getOrDefault(name, List.of("")).getFirst();
  }

  /** All values of a flag that may be repeated, in order. */
  List<String> texts(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether a switch is on. */
  boolean isOn(String name) {
    return text(name).equals("true");
  }

  /** The position of a switch; null when it is not given. */
  @Nullable Boolean position(String name) {
    return values.containsKey(name) ? Boolean.valueOf(isOn(name)) : null;
  }
}
