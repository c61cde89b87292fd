package dev.jcompose.core.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a failing model small: takes parts out as long as it still fails. */
final class Shrinker {
  private Shrinker() {}

  static Map<String, @Nullable Object> shrink(
      Map<String, @Nullable Object> model, Predicate<Map<String, @Nullable Object>> fails) {
    Map<String, @Nullable Object> smallest = model;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Object candidate : without(smallest)) {
        if (candidate instanceof Map<?, ?> map && fails.test(typed(map))) {
          smallest = typed(map);
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static Map<String, @Nullable Object> typed(Map<?, ?> map) {
    Map<String, @Nullable Object> typed = new LinkedHashMap<>();
    map.forEach((key, value) -> typed.put(String.valueOf(key), value));
    return typed;
  }

  /** Every value that is one part smaller. */
  private static List<Object> without(@Nullable Object value) {
    List<Object> candidates = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Map<Object, @Nullable Object> less = new LinkedHashMap<>(map);
        less.remove(entry.getKey());
        candidates.add(less);
        for (Object below : without(entry.getValue())) {
          Map<Object, @Nullable Object> changed = new LinkedHashMap<>(map);
          changed.put(entry.getKey(), below);
          candidates.add(changed);
        }
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        List<@Nullable Object> less = new ArrayList<>(list);
        less.remove(i);
        candidates.add(less);
        for (Object below : without(list.get(i))) {
          List<@Nullable Object> changed = new ArrayList<>(list);
          changed.set(i, below);
          candidates.add(changed);
        }
      }
    }
    return candidates;
  }
}
