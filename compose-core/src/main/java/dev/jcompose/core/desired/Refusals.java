package dev.jcompose.core.desired;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.project.Places;
import java.util.ArrayList;
import java.util.List;

/** Collects what cannot be had, and what is had otherwise than asked, to say all of it at once. */
final class Refusals {
  private final Places places;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Refusals(Places places) {
    this.places = places;
  }

  void refuse(String path, String text, String nextMove) {
    problems.add(new Problem(places.of(path), path, text, nextMove));
  }

  void warn(String path, String sentence) {
    warnings.add(new Warning(places.of(path), path, sentence).toString());
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
