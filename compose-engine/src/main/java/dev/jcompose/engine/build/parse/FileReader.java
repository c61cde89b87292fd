package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SourceText;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the instructions of one file into stages. */
final class FileReader {
  private final SourceText source;
  private final BuildProblems problems;
  private final StatementReader statements;
  private final List<Instruction.Arg> globalArguments = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private Instruction.@Nullable From from;
  private boolean afterBrokenFrom;

  FileReader(SourceText source, String text) {
    this.source = source;
    this.problems = new BuildProblems(source);
    this.statements = new StatementReader(text, problems);
  }

  void refuse(String text, String nextMove) {
    problems.add(SourceRange.NONE, text, nextMove);
    problems.throwIfAny();
  }

  Dockerfile read() {
    boolean any = false;
    for (Statement next = statements.next(); next != null; next = statements.next()) {
      any = true;
      Instruction instruction = instruction(next);
      if (instruction != null) {
        place(instruction);
      }
    }
    endStage();
    if (!any) {
      problems.add(
          SourceRange.NONE, "there is no instruction in the file", "begin it with FROM image");
    } else if (stages.isEmpty() && !afterBrokenFrom) {
      problems.add(SourceRange.NONE, "the file has no FROM", "begin a stage with FROM image");
    }
    problems.throwIfAny();
    return new Dockerfile(
        source, statements.directives(), globalArguments, stages, statements.emptyContinuations());
  }

  /** Reads a text of one instruction. */
  Instruction readOne() {
    Statement first = statements.next();
    Instruction instruction = first == null ? null : instruction(first);
    if (instruction == null || statements.next() != null) {
      problems.add(SourceRange.NONE, "it is not one instruction", "build the base image anew");
    }
    problems.throwIfAny();
    if (instruction == null) {
      throw new IllegalStateException("a problem was noted");
    }
    return instruction;
  }

  private @Nullable Instruction instruction(Statement statement) {
    try {
      return InstructionReader.read(statement);
    } catch (SyntaxException e) {
      problems.addAt(statement.origin().range(), e.word(), e.text(), e.nextMove());
      if (Keyword.of(statement.origin().keyword()) == Keyword.FROM) {
        // What follows belongs to that stage, and is not to be blamed for missing one.
        endStage();
        afterBrokenFrom = true;
      }
      return null;
    }
  }

  private void place(Instruction instruction) {
    if (instruction instanceof Instruction.From next) {
      endStage();
      from = next;
    } else if (from != null) {
      instructions.add(instruction);
    } else if (instruction instanceof Instruction.Arg global && !afterBrokenFrom) {
      globalArguments.add(global);
    } else if (!afterBrokenFrom) {
      problems.addAt(
          instruction.origin().range(),
          instruction.origin().keyword(),
          instruction.keyword() + " stands before the first FROM",
          "only ARG may stand there: begin with FROM image");
    }
  }

  private void endStage() {
    if (from != null) {
      stages.add(new Stage(stages.size(), from, instructions));
      instructions.clear();
      from = null;
    }
  }
}
