package dev.jcompose.cli.render.template;

import dev.jcompose.engine.api.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The functions of Go's templates and of docker's {@code --format} that jcompose has. */
enum Function {
  JSON("json", 1),
  UPPER("upper", 1),
  LOWER("lower", 1),
  TITLE("title", 1),
  JOIN("join", 2),
  SPLIT("split", 2),
  TRUNCATE("truncate", 2),
  PAD("pad", 3),
  LEN("len", 1),
  INDEX("index", -1),
  PRINT("print", -1),
  PRINTLN("println", -1),
  PRINTF("printf", -1),
  EQ("eq", -1),
  NE("ne", 2),
  LT("lt", 2),
  LE("le", 2),
  GT("gt", 2),
  GE("ge", 2),
  AND("and", -1),
  OR("or", -1),
  NOT("not", 1);

  private final String word;
  private final int arity;

  Function(String word, int arity) {
    this.word = word;
    this.arity = arity;
  }

  static Function find(String word) throws TemplateException {
    for (Function function : values()) {
      if (function.word.equals(word)) {
        return function;
      }
    }
    throw new TemplateException(
        "there is no function \""
            + word
            + "\"; there are "
            + Arrays.stream(values()).map(f -> f.word).collect(Collectors.joining(", ")));
  }

  Object apply(List<Object> arguments) throws TemplateException {
    if (arity >= 0 ? arguments.size() != arity : arguments.isEmpty()) {
      throw new TemplateException(
          word + " takes " + (arity < 0 ? "arguments" : arity + " arguments"));
    }
    Object first = arguments.get(0);
    return switch (this) {
      case JSON -> Json.print(first);
      case UPPER -> Value.text(first).toUpperCase(Locale.ROOT);
      case LOWER -> Value.text(first).toLowerCase(Locale.ROOT);
      case TITLE -> title(Value.text(first));
      case JOIN ->
          list(first).stream().map(Value::text).collect(Collectors.joining(text(arguments, 1)));
      case SPLIT ->
          List.of(Value.text(first).split(java.util.regex.Pattern.quote(text(arguments, 1)), -1));
      case TRUNCATE -> truncated(Value.text(first), number(arguments.get(1)));
      case PAD ->
          " ".repeat(number(arguments.get(1)))
              + Value.text(first)
              + " ".repeat(number(arguments.get(2)));
      case LEN -> (long) Value.size(first);
      case INDEX -> index(arguments);
      case PRINT -> arguments.stream().map(Value::text).collect(Collectors.joining());
      case PRINTLN -> arguments.stream().map(Value::text).collect(Collectors.joining(" ")) + "\n";
      case PRINTF -> Printf.print(Value.text(first), arguments.subList(1, arguments.size()));
      case EQ -> arguments.stream().skip(1).anyMatch(other -> Value.equal(first, other));
      case NE -> !Value.equal(first, arguments.get(1));
      case LT -> Value.compare(first, arguments.get(1)) < 0;
      case LE -> Value.compare(first, arguments.get(1)) <= 0;
      case GT -> Value.compare(first, arguments.get(1)) > 0;
      case GE -> Value.compare(first, arguments.get(1)) >= 0;
      case AND -> choose(arguments, false);
      case OR -> choose(arguments, true);
      case NOT -> !Value.isTrue(first);
    };
  }

  private static Object choose(List<Object> arguments, boolean stopAt) {
    for (Object argument : arguments) {
      if (Value.isTrue(argument) == stopAt) {
        return argument;
      }
    }
    return arguments.get(arguments.size() - 1);
  }

  private static String text(List<Object> arguments, int index) {
    return Value.text(arguments.get(index));
  }

  private static int number(Object value) throws TemplateException {
    if (value instanceof Number number && number.longValue() >= 0) {
      return (int) Math.min(number.longValue(), 10_000);
    }
    throw new TemplateException("\"" + Value.text(value) + "\" is not a number of characters");
  }

  private static String truncated(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static String title(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static List<Object> list(Object value) throws TemplateException {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw new TemplateException("\"" + Value.text(value) + "\" is not a list");
  }

  private static Object index(List<Object> arguments) throws TemplateException {
    Object value = arguments.get(0);
    for (Object key : arguments.subList(1, arguments.size())) {
      Map<?, ?> map = Value.fields(value);
      if (map != null) {
        value = Objects.requireNonNullElse(map.get(Value.text(key)), "");
      } else if (value instanceof List<?> list
          && key instanceof Number number
          && number.longValue() >= 0
          && number.longValue() < list.size()) {
        value = Objects.requireNonNullElse(list.get(number.intValue()), "");
      } else {
        throw new TemplateException("there is no element " + Value.text(key));
      }
    }
    return value;
  }
}
