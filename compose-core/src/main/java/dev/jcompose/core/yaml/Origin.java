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
  private static final String IMPLIED_BY = "implied by ";

  /** A value that stands in a file as it is. */
  public static Origin written(Location location) {
    return new Origin(location, "", null, null);
  }

  /** A value nobody wrote. */
  public static Origin made(String cause) {
    return new Origin(Location.NONE, cause, null, null);
  }

  /**
   * A value nobody wrote that follows from an attribute beside it.
   *
   * @param attribute path from the map that holds both, such as {@code links[0]}
   */
  public static Origin impliedBy(String attribute) {
    return made(IMPLIED_BY + attribute);
  }

  /** The attribute it follows from; empty when it does not follow from one. */
  public String impliedBy() {
    return cause.startsWith(IMPLIED_BY) ? cause.substring(IMPLIED_BY.length()) : "";
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
