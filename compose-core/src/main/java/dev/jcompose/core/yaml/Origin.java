package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * How a value came to be.
 *
 * @param location where it was written; {@link Location#NONE} for one that nobody wrote
 * @param cause what made it so beside being written there, such as {@code variable TAG} or {@code
 *     default}; may be empty
 * @param replaced the value it took the place of; null when it is the first
 */
public record Origin(Location location, String cause, @Nullable Origin replaced) {
  /** A value that stands in a file as it is. */
  public static Origin written(String file, int line, int column) {
    return new Origin(new Location(file, line, column), "", null);
  }

  /** A value nobody wrote. */
  public static Origin made(String cause) {
    return new Origin(Location.NONE, cause, null);
  }

  /** The same place with a further cause. */
  public Origin because(String why) {
    return new Origin(location, cause.isEmpty() ? why : cause + ", " + why, replaced);
  }

  /** The same value, known to have taken the place of another. */
  public Origin replacing(Origin other) {
    return new Origin(location, cause, other);
  }
}
