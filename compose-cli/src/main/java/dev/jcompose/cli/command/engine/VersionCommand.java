package dev.jcompose.cli.command.engine;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.engine.Installation;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;

/** {@code version}. Asks no engine, so it answers on any machine. */
public final class VersionCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Print the number only.", "--short")
        .text("FORMAT", "How to print it: pretty or json.", "-f", "--format");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String version = Installation.current().version();
    String format = arguments.text("--format", "pretty");
    String text =
        switch (format) {
          case "json" -> "{\"version\":\"" + version + "\"}";
          case "pretty", "" ->
              arguments.flag("--short")
                  ? version
                  : "jcompose "
                      + version
                      + " (Java "
                      + Runtime.version().feature()
                      + ", "
                      + System.getProperty("os.name")
                      + " "
                      + System.getProperty("os.arch")
                      + ")";
          default ->
              throw UserError.usage(
                  "jcompose version --format \""
                      + format
                      + "\" is not known; write pretty or json");
        };
    session.out().println(text);
    return ExitCode.OK.code();
  }
}
