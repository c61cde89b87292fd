package dev.jcompose.engine.build.ignore;

import dev.jcompose.engine.build.source.SlashPath;
import dev.jcompose.engine.build.source.SyntaxException;

/**
 * One line of an ignore file. Rules from moby/patternmatcher 0.6.1: {@code *} and {@code ?} stay
 * within a component, {@code **} crosses them, {@code dir/**} is what is below {@code dir} but not
 * itself, {@code **x} is whatever ends in x.
 *
 * @param text cleaned, without {@code !}
 * @param includes whether it begins with {@code !}: what it matches is let in again
 * @param glob what it matches
 * @param literal what every path it matches begins with
 */
record IgnorePattern(String text, boolean includes, Glob glob, String literal) {
  /**
   * Reads a line that is neither empty nor a comment.
   *
   * @throws SyntaxException when it is no pattern
   */
  static IgnorePattern parse(String line) throws SyntaxException {
    boolean includes = line.startsWith("!");
    String written = (includes ? line.substring(1) : line).strip();
    if (written.isEmpty()) {
      throw new SyntaxException(
          line, "\"!\" lets nothing in again", "write a pattern after it, or remove the line");
    }
    String cleaned = SlashPath.clean(written);
    if (cleaned.length() > 1 && cleaned.startsWith("/")) {
      cleaned = cleaned.substring(1);
    }
    int wild = 0;
    while (wild < cleaned.length() && "*?[\\".indexOf(cleaned.charAt(wild)) < 0) {
      wild++;
    }
    return new IgnorePattern(cleaned, includes, Glob.parse(cleaned), cleaned.substring(0, wild));
  }

  /** Whether it matches the path itself; its parents are another question. */
  boolean matches(String path) {
    return path.startsWith(literal) && glob.matches(path);
  }

  /** Whether it may match something below a directory. */
  boolean mayMatchBelow(String directory) {
    String prefix = directory + "/";
    return literal.startsWith(prefix)
        || (prefix.startsWith(literal) && literal.length() < text.length());
  }
}
