package dev.jcompose.core.port.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unmodifiable copies of maps that keep the order of their source, unlike {@code Map.copyOf}. */
final class Ordered {
  private Ordered() {}

  static <V extends @Nullable Object> Map<String, V> copy(Map<String, V> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
