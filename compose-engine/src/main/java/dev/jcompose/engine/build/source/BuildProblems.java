package dev.jcompose.engine.build.source;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, so that a user learns of all of them in one run. */
public final class BuildProblems {
  /** More than these are not read by anybody. */
  private static final int MOST = 50;

  private final SourceText source;
  private final List<BuildProblem> problems = new ArrayList<>();

  /** Makes a collection for one file. */
  public BuildProblems(SourceText source) {
    this.source = source;
  }

  /** Notes a problem; the same one twice is noted once. */
  public void add(SourceRange range, String text, String nextMove) {
    BuildProblem problem = new BuildProblem(range, text, nextMove);
    if (problems.size() < MOST && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** Notes a problem at a word within some lines. */
  public void addAt(SourceRange range, String word, String text, String nextMove) {
    if (problems.size() < MOST) {
      add(source.locate(range, word), text, nextMove);
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * Ends the phase.
   *
   * @throws DockerfileException with everything that was noted, if anything was
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new DockerfileException(source, problems);
    }
  }
}
