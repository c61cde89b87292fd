package dev.jcompose.core.problem;

/**
 * One thing that is wrong with the input.
 *
 * @param location where; {@link Location#NONE} when it is in no file
 * @param path dotted path of the attribute, such as {@code services.web.ports[0]}; may be empty
 * @param text what is wrong, quoting the offending text; no full stop at the end
 * @param nextMove what to do about it; may be empty
 */
public record Problem(Location location, String path, String text, String nextMove) {
  /** The whole problem in one line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    if (!location.file().isEmpty()) {
      line.append(location).append(": ");
    }
    if (!path.isEmpty()) {
      line.append(path).append(": ");
    }
    line.append(text);
    if (!nextMove.isEmpty()) {
      line.append("; ").append(nextMove);
    }
    return line.toString();
  }
}
