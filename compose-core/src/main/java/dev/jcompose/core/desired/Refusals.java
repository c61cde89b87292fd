package dev.jcompose.core.desired;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what cannot be had, and what is had otherwise than asked, to say all of it at once. */
final class Refusals {
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void refuse(String path, String text, String nextMove) {
    problems.add(new Problem(Location.NONE, path, text, nextMove));
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  List<String> warnings() {
    return warnings;
  }

  void throwIfAny() throws ComposeException {
    if (!problems.isEmpty()) {
      throw new ComposeException(problems);
    }
  }
}
