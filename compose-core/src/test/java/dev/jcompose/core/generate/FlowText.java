package dev.jcompose.core.generate;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes a generated value as YAML in flow style: text in double quotes, all on one line. */
final class FlowText {
  private FlowText() {}

  /** A scalar that is written without quotes, such as {@code 0440}. */
  record Plain(String text) {}

  /** A value with a tag before it, such as {@code !override}. */
  record Tagged(String tag, @Nullable Object value) {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quoted(text);
      case Plain plain -> plain.text();
      case Tagged tagged -> tagged.tag() + " " + of(tagged.value());
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
