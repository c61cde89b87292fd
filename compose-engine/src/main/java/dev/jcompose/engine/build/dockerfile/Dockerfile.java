package dev.jcompose.engine.build.dockerfile;

import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SourceText;
import java.util.List;

/**
 * A Dockerfile as it was read; variables are not expanded.
 *
 * @param source its text, for messages
 * @param directives what the comments at its top say
 * @param globalArguments the ARG instructions before the first FROM, in order
 * @param stages in the order of the file; never empty
 * @param emptyContinuations instructions with empty lines within them, which the check
 *     NoEmptyContinuation tells of
 */
public record Dockerfile(
    SourceText source,
    Directives directives,
    List<Instruction.Arg> globalArguments,
    List<Stage> stages,
    List<SourceRange> emptyContinuations) {
  public Dockerfile {
    globalArguments = List.copyOf(globalArguments);
    stages = List.copyOf(stages);
    emptyContinuations = List.copyOf(emptyContinuations);
  }
}
