package dev.jcompose.core.render;

import dev.jcompose.core.yaml.GoNumbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints plain values as docker compose's YAML library does, with two blanks for each level. */
final class YamlPrinter {
  private final StringBuilder out = new StringBuilder(4096);

  private YamlPrinter() {}

  static String print(Map<String, @Nullable Object> root) {
    YamlPrinter printer = new YamlPrinter();
    if (root.isEmpty()) {
      return "{}\n";
    }
    printer.map(root, 0);
    return printer.out.toString();
  }

  private void map(Map<?, ?> map, int indent) {
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.repeat(' ', indent);
      }
      first = false;
      text(String.valueOf(entry.getKey()), indent, true);
      out.append(':');
      Object value = entry.getValue();
      if (value instanceof Map<?, ?> below && !below.isEmpty()) {
        out.append('\n').repeat(' ', indent + 2);
        map(below, indent + 2);
      } else if (value instanceof List<?> list && !list.isEmpty()) {
        out.append('\n').repeat(' ', indent + 2);
        list(list, indent + 2);
      } else {
        out.append(' ');
        scalar(value, indent);
        out.append('\n');
      }
    }
  }

  private void list(List<?> list, int indent) {
    boolean first = true;
    for (Object item : list) {
      if (!first) {
        out.repeat(' ', indent);
      }
      first = false;
      out.append("- ");
      if (item instanceof Map<?, ?> below && !below.isEmpty()) {
        map(below, indent + 2);
      } else if (item instanceof List<?> inner && !inner.isEmpty()) {
        list(inner, indent + 2);
      } else {
        scalar(item, indent);
        out.append('\n');
      }
    }
  }

  private void scalar(@Nullable Object value, int indent) {
    // Not a pattern switch: the class cache cannot hold one.
    if (value instanceof String text) {
      text(text, indent, false);
    } else if (value instanceof Double number) {
      out.append(number(number));
    } else if (value instanceof Map<?, ?>) {
      out.append("{}");
    } else if (value instanceof List<?>) {
      out.append("[]");
    } else {
      out.append(value);
    }
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    return GoNumbers.print(number);
  }

  private void text(String text, int indent, boolean key) {
    switch (ScalarStyle.of(text, key)) {
      case PLAIN -> out.append(text);
      case SINGLE -> out.append('\'').append(text.replace("'", "''")).append('\'');
      case DOUBLE -> doubleQuoted(text);
      case LITERAL -> literal(text, indent + 2);
    }
  }

  private void literal(String text, int indent) {
    out.append('|');
    if (text.startsWith(" ") || text.startsWith("\n")) {
      out.append('2');
    }
    boolean ends = text.endsWith("\n");
    if (!ends) {
      out.append('-');
    } else if (text.length() == 1 || text.endsWith("\n\n")) {
      out.append('+');
    }
    String body = ends ? text.substring(0, text.length() - 1) : text;
    int start = 0;
    while (true) {
      int end = body.indexOf('\n', start);
      String line = end < 0 ? body.substring(start) : body.substring(start, end);
      out.append('\n');
      if (!line.isEmpty()) {
        out.repeat(' ', indent).append(line);
      }
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
  }

  private void doubleQuoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case 0 -> out.append("\\0");
        case 7 -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case 11 -> out.append("\\v");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        case 27 -> out.append("\\e");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case 0x85 -> out.append("\\N");
        case 0xfeff -> out.append("\\uFEFF");
        default -> other(c);
      }
    }
    out.append('"');
  }

  private void other(int c) {
    boolean printable = (c >= ' ' && c <= '~') || (c >= 0xa0 && c <= 0xfffd && !isSurrogate(c));
    if (printable) {
      out.appendCodePoint(c);
    } else if (c <= 0xff) {
      out.append("\\x").append(hex(c, 2));
    } else if (c <= 0xffff) {
      out.append("\\u").append(hex(c, 4));
    } else {
      out.append("\\U").append(hex(c, 8));
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xd800 && c <= 0xdfff;
  }

  private static String hex(int c, int digits) {
    String text = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
    return "0".repeat(digits - text.length()) + text;
  }
}
