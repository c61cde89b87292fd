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
    int before;
    do {
      before = FlowText.of(smallest).length();
      smallest =
          typed(
              smaller(
                  smallest,
                  candidate -> candidate instanceof Map<?, ?> map && fails.test(typed(map))));
    } while (FlowText.of(smallest).length() < before);
    return smallest;
  }

  private static Map<String, @Nullable Object> typed(@Nullable Object value) {
    Map<String, @Nullable Object> typed = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> typed.put(String.valueOf(key), below));
    }
    return typed;
  }

  /** The value without the parts that are not needed for the failure, found in one pass. */
  private static @Nullable Object smaller(
      @Nullable Object value, Predicate<@Nullable Object> fails) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> kept = new LinkedHashMap<>(map);
      for (Object key : List.copyOf(map.keySet())) {
        Map<Object, @Nullable Object> less = new LinkedHashMap<>(kept);
        less.remove(key);
        if (!less.isEmpty() && fails.test(less)) {
          kept = less;
        } else {
          Map<Object, @Nullable Object> around = kept;
          kept.put(
              key,
              smaller(
                  kept.get(key),
                  below -> {
                    Map<Object, @Nullable Object> changed = new LinkedHashMap<>(around);
                    changed.put(key, below);
                    return fails.test(changed);
                  }));
        }
      }
      return kept;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> kept = new ArrayList<>(list);
      for (int i = kept.size() - 1; i >= 0; i--) {
        List<@Nullable Object> less = new ArrayList<>(kept);
        less.remove(i);
        if (!less.isEmpty() && fails.test(less)) {
          kept = less;
        } else {
          int index = i;
          List<@Nullable Object> around = kept;
          kept.set(
              i,
              smaller(
                  kept.get(i),
                  below -> {
                    List<@Nullable Object> changed = new ArrayList<>(around);
                    changed.set(index, below);
                    return fails.test(changed);
                  }));
        }
      }
      return kept;
    }
    return value;
  }
}
