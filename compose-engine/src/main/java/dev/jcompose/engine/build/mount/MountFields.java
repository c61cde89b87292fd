package dev.jcompose.engine.build.mount;

import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one {@code --mount} by their first name, with conversions that refuse. */
final class MountFields {
  /** Other names of the same field. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "src",
          "source",
          "dst",
          "target",
          "destination",
          "target",
          "ro",
          "readonly",
          "rw",
          "readwrite");

  private static final List<String> KEYS =
      List.of(
          "type",
          "from",
          "source",
          "src",
          "target",
          "dst",
          "destination",
          "readonly",
          "ro",
          "readwrite",
          "rw",
          "id",
          "sharing",
          "required",
          "size",
          "mode",
          "uid",
          "gid",
          "env");

  private static final List<String> SWITCHES = List.of("readonly", "readwrite", "required");

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Reads the fields; values are as written. */
  MountFields(String text) throws SyntaxException {
    for (String field : CsvFields.split(text)) {
      int equals = field.indexOf('=');
      String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
      if (!KEYS.contains(key)) {
        throw new SyntaxException(
            field,
            "--mount has no field \"" + key + "\"",
            Spelling.didYouMean(key, KEYS, "it has " + String.join(", ", KEYS)));
      }
      String name = ALIASES.getOrDefault(key, key);
      if (equals < 0 && !SWITCHES.contains(name)) {
        throw new SyntaxException(
            field, "the field " + key + " of --mount has no value", "write " + key + "=VALUE");
      }
      values.put(name, equals < 0 ? "true" : field.substring(equals + 1));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Names that were given, in order. */
  Iterable<String> names() {
    return values.keySet();
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  boolean isOn(String name) throws SyntaxException {
    return switch (text(name)) {
      case "", "0", "f", "F", "false", "FALSE", "False" -> false;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> throw wrong(name, "write true or false");
    };
  }

  /** A whole number of a base; null when it is not given. */
  @Nullable Integer number(String name, int base) throws SyntaxException {
    if (!has(name)) {
      return null;
    }
    try {
      int number = Integer.parseInt(text(name), base);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong(name, base == 8 ? "write an octal number such as 0755" : "write a whole number");
  }

  /** An amount of memory in bytes: {@code 64m}, {@code 1g}; 0 when it is not given. */
  long size() throws SyntaxException {
    if (!has("size")) {
      return 0;
    }
    String text = text("size").toLowerCase(Locale.ROOT).replaceFirst("i?b$", "");
    int unit = text.isEmpty() ? -1 : "kmgtp".indexOf(text.charAt(text.length() - 1));
    try {
      double number = Double.parseDouble(unit < 0 ? text : text.substring(0, text.length() - 1));
      double bytes = number * Math.pow(1024, unit + 1);
      if (bytes >= 0 && bytes < Long.MAX_VALUE && Character.isDigit(text.charAt(0))) {
        return (long) bytes;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw wrong("size", "write an amount such as 64m");
  }

  SyntaxException wrong(String name, String nextMove) {
    return new SyntaxException(
        text(name), "the field " + name + "=" + text(name) + " of --mount means nothing", nextMove);
  }
}
