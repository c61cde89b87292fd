package dev.jcompose.cli.render.build;

import java.util.HashMap;
import java.util.Map;

/** Counts the steps of several builds through, so that each has a number of its own. */
final class Steps {
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of a build's step; a new one the first time. */
  int number(String service, int step) {
    return numbers.computeIfAbsent(service + "/" + step, key -> numbers.size() + 1);
  }
}
