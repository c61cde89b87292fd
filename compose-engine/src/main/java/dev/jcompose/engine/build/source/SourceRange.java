package dev.jcompose.engine.build.source;

/**
 * Lines of a Dockerfile that belong together, and where in the first of them the matter begins.
 *
 * @param first 1 for the first line of the file; 0 when the matter is in no line
 * @param last the last of them, inclusive
 * @param column 1 for the first character of the line {@code first}; 0 when it is the whole line
 */
public record SourceRange(int first, int last, int column) {
  /** No place: what is meant came from outside, such as a build argument. */
  public static final SourceRange NONE = new SourceRange(0, 0, 0);

  /** Whole lines. */
  public SourceRange(int first, int last) {
    this(first, last, 0);
  }

  /** The form editors understand: {@code 12:5}, or {@code 12} for a whole line. */
  @Override
  public String toString() {
    return column == 0 ? Integer.toString(first) : first + ":" + column;
  }
}
