package dev.jcompose.core.generate;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes a generated model as JSON, which is YAML too. */
final class JsonText {
  private JsonText() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quoted(text);
      case Map<?, ?> map -> {
        StringJoiner joined = new StringJoiner(", ", "{", "}");
        map.forEach((key, below) -> joined.add(quoted(String.valueOf(key)) + ": " + of(below)));
        yield joined.toString();
      }
      case List<?> list -> {
        StringJoiner joined = new StringJoiner(", ", "[", "]");
        list.forEach(item -> joined.add(of(item)));
        yield joined.toString();
      }
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
