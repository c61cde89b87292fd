package dev.jcompose.engine.build.source;

/**
 * An instruction, or a word of it, means nothing. Whoever knows the lines makes a {@link
 * BuildProblem} of it and goes on with the next instruction.
 */
public final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final String word;
  private final String nextMove;

  /**
   * Makes one.
   *
   * @param word the word of the instruction that is wrong; empty when it is the whole instruction
   */
  public SyntaxException(String word, String text, String nextMove) {
    // A user's mistake is not a fault of the program: no stack trace.
    super(text, null, false, false);
    this.word = word;
    this.nextMove = nextMove;
  }

  /** The word that is wrong; empty when it is the whole instruction. */
  public String word() {
    return word;
  }

  /** What is wrong; no full stop at the end. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What to do about it. */
  public String nextMove() {
    return nextMove;
  }
}
