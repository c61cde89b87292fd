package dev.jcompose.cli.render.template;

import java.util.List;

/** A piece of a template. */
sealed interface Node {
  /** Printed as it stands. */
  record Text(String text) implements Node {}

  /** The value of an expression is printed. */
  record Print(Expression value) implements Node {}

  /** {@code $name := value}; prints nothing. */
  record Assign(String variable, Expression value) implements Node {}

  /** {@code if} and {@code with}; the latter makes the value the current one. */
  record Choice(Expression condition, boolean changesDot, List<Node> then, List<Node> otherwise)
      implements Node {
    public Choice {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /**
   * {@code range}: the body once for each element, with maps in the order of their keys.
   *
   * @param key variable of the index or key, empty for none
   * @param element variable of the element, empty for none
   */
  record Loop(String key, String element, Expression over, List<Node> body, List<Node> otherwise)
      implements Node {
    public Loop {
      body = List.copyOf(body);
      otherwise = List.copyOf(otherwise);
    }
  }
}
