package dev.jcompose.engine.build.source;

/**
 * One thing that is wrong with a Dockerfile.
 *
 * @param range where
 * @param text what is wrong, quoting the offending text; no full stop at the end
 * @param nextMove what to do about it; may be empty
 */
public record BuildProblem(SourceRange range, String text, String nextMove) {
  /** The problem in one line, without its place. */
  public String sentence() {
    return nextMove.isEmpty() ? text : text + "; " + nextMove;
  }
}
