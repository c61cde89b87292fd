package dev.jcompose.engine.build.source;

import dev.jcompose.engine.EngineException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Dockerfile cannot be used; carries every problem found, in the order of the lines. The message
 * has, for each, {@code Dockerfile:12:5: what is wrong; what to do} and the lines it is about.
 */
public final class DockerfileException extends EngineException.InvalidRequest {
  private static final long serialVersionUID = 1;

  private final transient List<BuildProblem> problems;

  /**
   * Makes an exception of at least one problem.
   *
   * @param problems what is wrong; not empty
   */
  public DockerfileException(SourceText source, List<BuildProblem> problems) {
    super(message(source, sorted(problems)));
    this.problems = sorted(problems);
  }

  /** An exception of one problem. */
  public DockerfileException(SourceText source, BuildProblem problem) {
    this(source, List.of(problem));
  }

  /** What is wrong; never empty. */
  public List<BuildProblem> problems() {
    return problems;
  }

  private static List<BuildProblem> sorted(List<BuildProblem> problems) {
    return problems.stream()
        .sorted(
            Comparator.comparingInt((BuildProblem problem) -> problem.range().first())
                .thenComparingInt(problem -> problem.range().column()))
        .toList();
  }

  private static String message(SourceText source, List<BuildProblem> problems) {
    return problems.stream()
        .map(
            problem -> {
              String place =
                  problem.range().first() == 0
                      ? source.name()
                      : source.name() + ":" + problem.range();
              String frame = source.frame(problem.range());
              return place
                  + ": "
                  + problem.sentence()
                  + (frame.isEmpty() ? "" : "\n" + frame.stripTrailing());
            })
        .collect(Collectors.joining("\n"));
  }
}
