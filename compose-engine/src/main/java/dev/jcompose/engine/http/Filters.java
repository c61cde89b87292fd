package dev.jcompose.engine.http;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed by: for each key the values of which one must match (labels: all).
 * Clients send {@code {"label":{"a=b":true}}}, older ones {@code {"label":["a=b"]}}.
 */
public final class Filters {
  private final Map<String, Set<String>> values;

  private Filters(Map<String, Set<String>> values) {
    this.values = values;
  }

  /**
   * Reads the value of the parameter {@code filters}.
   *
   * @throws HttpProblem 400 for text that is no filter and for a key that is not known
   */
  public static Filters parse(String text, Set<String> known) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    if (!text.isEmpty()) {
      JsonObject json;
      try {
        json = Json.object(text);
      } catch (JsonException e) {
        throw HttpProblem.badRequest("invalid filter: " + e.getMessage());
      }
      for (Map.Entry<String, @Nullable Object> entry : json.members().entrySet()) {
        if (!known.contains(entry.getKey())) {
          throw HttpProblem.badRequest("invalid filter '" + entry.getKey() + "'");
        }
        values.put(entry.getKey(), values(entry.getKey(), entry.getValue()));
      }
    }
    return new Filters(values);
  }

  private static Set<String> values(String key, @Nullable Object value) {
    Set<String> texts = new LinkedHashSet<>();
    switch (value) {
      case null -> {}
      case JsonObject object ->
          object
              .members()
              .forEach(
                  (text, on) -> {
                    if (!Boolean.FALSE.equals(on)) {
                      texts.add(text);
                    }
                  });
      case List<?> list -> list.forEach(text -> texts.add(String.valueOf(text)));
      default -> throw HttpProblem.badRequest("invalid filter '" + key + "': expected a list");
    }
    return texts;
  }

  /** The values of a key, none when it is not filtered by. */
  public Set<String> values(String key) {
    return values.getOrDefault(key, Set.of());
  }

  /** Whether the key is filtered by. */
  public boolean has(String key) {
    return !values(key).isEmpty();
  }

  /** True when the key is not filtered by, or one of its values matches. */
  public boolean any(String key, Predicate<String> matches) {
    Set<String> wanted = values(key);
    return wanted.isEmpty() || wanted.stream().anyMatch(matches);
  }

  /**
   * True when these labels have everything the filter of that name asks for and nothing that its
   * opposite, with an exclamation mark, excludes. A value is {@code key} or {@code key=value}.
   */
  public boolean labels(Map<String, String> labels) {
    return values("label").stream().allMatch(wanted -> hasLabel(labels, wanted))
        && values("label!").stream().noneMatch(unwanted -> hasLabel(labels, unwanted));
  }

  /** A key that takes true or false (also 1 and 0); null when it is not filtered by. */
  public @Nullable Boolean flag(String key) {
    Set<String> wanted = values(key);
    if (wanted.isEmpty()) {
      return null;
    }
    Boolean flag = null;
    for (String text : wanted) {
      Boolean one =
          switch (text) {
            case "1", "true", "True", "TRUE", "t" -> true;
            case "0", "false", "False", "FALSE", "f" -> false;
            default -> throw HttpProblem.badRequest("invalid filter '" + key + "=" + text + "'");
          };
      if (flag != null && !flag.equals(one)) {
        throw HttpProblem.badRequest("invalid filter '" + key + "': it is both true and false");
      }
      flag = one;
    }
    return flag;
  }

  private static boolean hasLabel(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
