package dev.jcompose.core.render;

import dev.jcompose.core.yaml.GoNumbers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints plain values as Go's JSON encoder does, characters of HTML escaped. */
public final class JsonPrinter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(4096);
  private final boolean pretty;

  private JsonPrinter(boolean pretty) {
    this.pretty = pretty;
  }

  /** With two blanks for each level. */
  public static String pretty(@Nullable Object value) {
    JsonPrinter printer = new JsonPrinter(true);
    printer.value(value, 0);
    return printer.out.toString();
  }

  /** On one line without blanks; the form that is hashed. */
  static String compact(@Nullable Object value) {
    JsonPrinter printer = new JsonPrinter(false);
    printer.value(value, 0);
    return printer.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    // Not a pattern switch: the class cache cannot hold one.
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Double number) {
      out.append(GoNumbers.json(number));
    } else if (value instanceof Map<?, ?> map) {
      map(map, depth);
    } else if (value instanceof List<?> list) {
      list(list, depth);
    } else {
      out.append(value);
    }
  }

  private void map(Map<?, ?> map, int depth) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      line(depth + 1);
      string(String.valueOf(entry.getKey()));
      out.append(pretty ? ": " : ":");
      value(entry.getValue(), depth + 1);
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    line(depth);
    out.append('}');
  }

  private void list(List<?> list, int depth) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      line(depth + 1);
      value(list.get(i), depth + 1);
    }
    line(depth);
    out.append(']');
  }

  private void line(int depth) {
    if (pretty) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
        default -> {
          if (c < ' ') {
            escape(c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 15));
    }
  }
}
