package dev.jcompose.cli.render.template;

import java.util.List;

/** What stands between the braces and has a value. */
sealed interface Expression {
  /** {@code .} or {@code .Name.Other} of the current value, or of a variable such as {@code $x}. */
  record Path(String variable, List<String> names) implements Expression {
    public Path {
      names = List.copyOf(names);
    }
  }

  /** A text, a number or a truth value as written. */
  record Literal(Object value) implements Expression {}

  /** A function with its arguments; what was piped in is the last one. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What the current value is asked with an argument, as in {@code .Label "tier"}. */
  record Question(Path path, Expression argument) implements Expression {}

  /** Fields of a value that was computed, as in {@code (index .Mounts 0).Source}. */
  record Member(Expression of, List<String> names) implements Expression {
    public Member {
      names = List.copyOf(names);
    }
  }
}
