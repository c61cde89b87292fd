package dev.jcompose.engine.container.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unmodifiable copies that keep the order of their source. */
final class Copies {
  private Copies() {}

  static <V> Map<String, V> map(Map<String, V> source) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(source));
  }
}
