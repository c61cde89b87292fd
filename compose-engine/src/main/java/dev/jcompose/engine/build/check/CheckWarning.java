package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.source.SourceRange;

/**
 * One thing a rule found.
 *
 * @param range the lines it is about
 * @param message what was found and what to do about it, in one line
 */
public record CheckWarning(Rule rule, SourceRange range, String message) {
  /** The line people see: {@code StageNameCasing: ... (line 3)}. */
  @Override
  public String toString() {
    return rule.title() + ": " + message + " (line " + range.first() + ")";
  }
}
