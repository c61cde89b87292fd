package dev.jcompose.core.canonical;

import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.NodePath;
import dev.jcompose.core.yaml.YamlNode;

/** Knows where the canonicaliser is, so that a short form only has to say what is wrong. */
final class Reporter {
  private final Problems problems;
  private final NodePath path = new NodePath();
  private final boolean lenient;

  Reporter(Problems problems, boolean lenient) {
    this.problems = problems;
    this.lenient = lenient;
  }

  NodePath path() {
    return path;
  }

  /** Whether variables are not filled in. */
  boolean isLenient() {
    return lenient;
  }

  /** Whether variables are not filled in, so that a text with one may mean anything. */
  boolean isOpen(String text) {
    return lenient && text.indexOf('$') >= 0;
  }

  void problem(YamlNode at, String text, String nextMove) {
    problem(at.location(), text, nextMove);
  }

  void problem(Location at, String text, String nextMove) {
    problems.add(at, path.toString(), text, nextMove);
  }

  void warn(YamlNode at, String text) {
    problems.warn(at.location(), path.toString(), text);
  }
}
