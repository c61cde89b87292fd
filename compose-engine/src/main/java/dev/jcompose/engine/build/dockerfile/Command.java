package dev.jcompose.engine.build.dockerfile;

import java.util.List;

/** What RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
public sealed interface Command {
  /**
   * A text for the shell that SHELL set; never expanded by the builder.
   *
   * @param text may be of several lines
   */
  record Shell(String text) implements Command {}

  /**
   * An argument vector, written as a JSON array.
   *
   * @param arguments may be empty
   */
  record Exec(List<String> arguments) implements Command {
    public Exec {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * The argument vector.
   *
   * @param shell what runs a text, such as {@code /bin/sh -c}
   */
  default List<String> arguments(List<String> shell) {
    return switch (this) {
      case Shell text -> {
        List<String> arguments = new java.util.ArrayList<>(shell);
        arguments.add(text.text());
        yield List.copyOf(arguments);
      }
      case Exec exec -> exec.arguments();
    };
  }
}
