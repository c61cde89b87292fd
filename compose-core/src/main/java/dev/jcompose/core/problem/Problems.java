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
      List<String> files = new ArrayList<>();
      for (Problem problem : problems) {
        if (!files.contains(problem.location().file())) {
          files.add(problem.location().file());
        }
      }
      problems.sort((a, b) -> inOrder(a.location(), b.location(), files));
      throw new ComposeException(problems);
    }
  }

  /** The files stay in the order in which they were met. */
  private static int inOrder(Location a, Location b, List<String> files) {
    int byFile = Integer.compare(files.indexOf(a.file()), files.indexOf(b.file()));
    int byLine = byFile != 0 ? byFile : Integer.compare(a.line(), b.line());
    return byLine != 0 ? byLine : Integer.compare(a.column(), b.column());
  }
}
