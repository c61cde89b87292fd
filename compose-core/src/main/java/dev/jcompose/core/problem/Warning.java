package dev.jcompose.core.problem;

/**
 * Something that is allowed but probably not meant.
 *
 * @param location where; {@link Location#NONE} when it is in no file
 * @param path dotted path of the attribute; may be empty
 * @param text what was noticed and what it leads to
 */
public record Warning(Location location, String path, String text) {
  /** The whole warning in one line. */
  @Override
  public String toString() {
    return new Problem(location, path, text, "").toString();
  }
}
