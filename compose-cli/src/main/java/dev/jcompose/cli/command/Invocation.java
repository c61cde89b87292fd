package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a verb's words against its syntax and runs it. */
public final class Invocation {
  private Invocation() {}

  /**
   * Runs a command with these words, or prints its help when they ask for it; words that begin with
   * a verb of its own run that one.
   *
   * @param name full name, such as {@code jcompose up}
   * @param sentence what it does
   * @return the status to end the process with
   */
  public static int run(
      String name, String sentence, Command command, List<String> words, Session session)
      throws Exception {
    for (CommandGroup.Member member : command.members()) {
      if (!words.isEmpty() && words.getFirst().equals(member.word())) {
        return run(
            name + " " + member.word(),
            member.sentence() + ".",
            member.command().get(),
            words.subList(1, words.size()),
            session);
      }
    }
    Syntax syntax = new Syntax(name, sentence);
    command.describe(syntax);
    Arguments arguments = read(syntax, words);
    if (arguments.flag("--help")) {
      session.out().print(syntax.help());
      return ExitCode.OK.code();
    }
    if (session.options().dryRun() && command.refusesDryRun()) {
      throw UserError.usage(
          "--dry-run is not available for "
              + name
              + ", and nothing was done; it is for verbs that make a plan, such as up and stop");
    }
    return command.run(arguments, session);
  }

  /** Reads words; what does not fit the syntax becomes one sentence. */
  public static Arguments read(Syntax syntax, List<String> words) {
    CommandLine line = syntax.commandLine();
    try {
      return syntax.read(line, words);
    } catch (UnmatchedArgumentException e) {
      String word = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
      List<String> near = e.getSuggestions();
      throw UserError.usage(
          word.startsWith("-") && word.length() > 1
              ? syntax.name()
                  + " has no option \""
                  + word
                  + "\"; "
                  + (near.isEmpty()
                      ? syntax.name() + " --help lists them"
                      : "did you mean " + near.get(0) + "?")
              : syntax.name()
                  + " takes no \""
                  + word
                  + "\"; "
                  + syntax.name()
                  + " --help shows what it takes");
    } catch (MissingParameterException e) {
      String missing = e.getMissing().isEmpty() ? "a value" : e.getMissing().get(0).paramLabel();
      boolean option = !e.getMissing().isEmpty() && e.getMissing().get(0).isOption();
      throw UserError.usage(
          (option
                  ? syntax.name()
                      + " "
                      + ((CommandLine.Model.OptionSpec) e.getMissing().get(0)).longestName()
                      + " needs a value ("
                      + missing
                      + ")"
                  : syntax.name() + " needs " + missing)
              + "; "
              + syntax.name()
              + " --help shows how it is written");
    } catch (ParameterException e) {
      if (e.getArgSpec() instanceof CommandLine.Model.OptionSpec option
          && option.type() == Integer.class
          && e.getValue() != null) {
        throw UserError.usage(
            syntax.name()
                + " "
                + option.longestName()
                + " \""
                + e.getValue()
                + "\" is not a number; write a whole one");
      }
      String message = e.getMessage() == null ? "a wrong argument" : e.getMessage();
      throw new UserError(
          ExitCode.USAGE,
          syntax.name()
              + ": "
              + message.lines().findFirst().orElse(message)
              + "; "
              + syntax.name()
              + " --help shows how it is written",
          e);
    }
  }
}
