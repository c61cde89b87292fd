package dev.jcompose.core.problem;

import java.util.List;

/** The input cannot be used; carries every problem found, in the order of the files. */
public final class ComposeException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * Makes an exception of at least one problem.
   *
   * @param problems what is wrong; not empty
   */
  public ComposeException(List<Problem> problems) {
    // A user's mistake is not a fault of the program: no stack trace, which also costs time.
    super(join(problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** An exception of one problem. */
  public ComposeException(Problem problem) {
    this(List.of(problem));
  }

  /** What is wrong; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  private static String join(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(problem);
    }
    return text.toString();
  }
}
