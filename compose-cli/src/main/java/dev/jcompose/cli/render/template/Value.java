package dev.jcompose.cli.render.template;

import dev.jcompose.engine.api.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How templates print and compare the values of JSON: maps, lists, texts, numbers, truth. */
final class Value {
  private Value() {}

  /** As Go's {@code fmt} prints it: {@code map[a:1 b:2]} with sorted keys, {@code [x y]}. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "<no value>";
      case JsonObject object -> text(object.members());
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), each == null ? "<nil>" : each));
        yield sorted.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
            .collect(Collectors.joining(" ", "map[", "]"));
      }
      case List<?> list ->
          list.stream().map(Value::text).collect(Collectors.joining(" ", "[", "]"));
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      default -> value.toString();
    };
  }

  /** Empty things, zero and false are not true. */
  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case CharSequence text -> !text.isEmpty();
      case JsonObject object -> !object.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  /** The fields of a value that has some, else null. */
  static @Nullable Map<?, ?> fields(@Nullable Object value) {
    return switch (value) {
      case JsonObject object -> object.members();
      case Map<?, ?> map -> map;
      case null, default -> null;
    };
  }

  static int size(Object value) throws TemplateException {
    return switch (value) {
      case CharSequence text -> text.length();
      case JsonObject object -> object.members().size();
      case Map<?, ?> map -> map.size();
      case List<?> list -> list.size();
      default -> throw new TemplateException("\"" + text(value) + "\" has no length");
    };
  }

  static boolean equal(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return one.equals(other);
  }

  static int compare(Object one, Object other) throws TemplateException {
    if (one instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof String a && other instanceof String b) {
      return a.compareTo(b);
    }
    throw new TemplateException(
        "\"" + text(one) + "\" and \"" + text(other) + "\" cannot be compared");
  }
}
