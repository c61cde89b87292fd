package dev.jcompose.core.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects problems and warnings, so that a user learns of all of them in one run. */
public final class Problems {
  /** More than these are not read by anybody; a broken file of a machine could give thousands. */
  private static final int MOST = 50;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  /** Notes a problem; the same one twice is noted once. */
  public void add(Location location, String path, String text, String nextMove) {
    add(new Problem(location, path, text, nextMove));
  }

  /** Notes a problem; the same one twice is noted once. */
  public void add(Problem problem) {
    if (problems.size() < MOST && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Notes a warning; the same one twice is noted once. */
  public void warn(Location location, String path, String text) {
    Warning warning = new Warning(location, path, text);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** What was warned of so far. */
  public List<Warning> warnings() {
    return warnings;
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Ends the phase: throws what was collected, in the order of the files and lines. */
  public void throwIfAny() throws ComposeException {
    if (!problems.isEmpty()) {
      problems.sort(Problems::inOrder);
      throw new ComposeException(problems);
    }
  }

  private static int inOrder(Problem a, Problem b) {
    // Only within one file: the files themselves stay in the order in which they were met.
    if (!a.location().file().equals(b.location().file())) {
      return 0;
    }
    int byLine = Integer.compare(a.location().line(), b.location().line());
    return byLine != 0 ? byLine : Integer.compare(a.location().column(), b.location().column());
  }
}
