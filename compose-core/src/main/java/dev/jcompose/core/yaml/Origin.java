package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * How a value came to be.
 *
 * @param location where it was written; {@link Location#NONE} for one that nobody wrote
 * @param cause what made it, when nobody wrote it: {@code default}, {@code implied}; empty
 *     otherwise
 * @param template the text with variables it was filled in from, or {@code ${NAME}} for a variable
 *     given without a value; null when no variable had to do with it
 * @param replaced the value it took the place of; null when it is the first
 */
public record Origin(
    Location location, String cause, @Nullable String template, @Nullable YamlNode replaced) {
  /** A value that stands in a file as it is. */
  public static Origin written(Location location) {
    return new Origin(location, "", null, null);
  }

  /** A value nobody wrote. */
  public static Origin made(String cause) {
    return new Origin(Location.NONE, cause, null, null);
  }

  /** The same place, filled in from a text with variables. */
  public Origin filledFrom(String text) {
    return new Origin(location, cause, text, replaced);
  }

  /** The same value, known to have taken the place of another. */
  public Origin replacing(YamlNode other) {
    return new Origin(location, cause, template, other);
  }
}
