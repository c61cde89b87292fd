package dev.jcompose.core.problem;

/**
 * A place in an input file.
 *
 * @param file the file as the user would name it; empty when the value comes from no file
 * @param line 1 for the first line; 0 when unknown
 * @param column 1 for the first column; 0 when unknown
 */
public record Location(String file, int line, int column) {
  /** No place: a value that was made up by a default or by the caller. */
  public static final Location NONE = new Location("", 0, 0);

  /** The form editors understand: {@code compose.yaml:14:9}. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return file + ":" + line + ":" + column;
  }
}
