package dev.jcompose.engine.build.expand;

import java.util.List;
import java.util.Set;

/**
 * What became of a text.
 *
 * @param text with values in place of variables, and without quotes and escapes
 * @param words the same, split at white space that was neither quoted nor escaped; values are split
 *     too
 * @param used names of the variables it has that are set
 * @param unset names of the variables it has that are not set
 */
public record Expanded(String text, List<String> words, Set<String> used, Set<String> unset) {
  public Expanded {
    words = List.copyOf(words);
    used = Set.copyOf(used);
    unset = Set.copyOf(unset);
  }
}
