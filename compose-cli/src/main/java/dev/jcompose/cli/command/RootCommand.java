package dev.jcompose.cli.command;

import dev.jcompose.cli.session.RootOptions;
import java.util.List;

/** What stands before the verb, and the rest of the words. */
public record RootCommand(
    RootOptions options, List<String> rest, boolean wantsHelp, boolean wantsVersion) {
  public RootCommand {
    rest = List.copyOf(rest);
  }

  /** Reads a whole command line. */
  public static RootCommand read(List<String> words) {
    Syntax syntax = syntax();
    Arguments arguments = Invocation.read(syntax, words);
    return new RootCommand(
        new RootOptions(
            arguments.list("--file"),
            arguments.text("--project-name"),
            arguments.list("--profile"),
            arguments.list("--env-file"),
            arguments.text("--project-directory"),
            arguments.text("--progress"),
            arguments.text("--ansi"),
            arguments.number("--parallel"),
            arguments.flag("--dry-run"),
            arguments.flag("--compatibility"),
            arguments.flag("--all-resources"),
            arguments.text("--root"),
            arguments.text("--host"),
            arguments.flag("--verbose")),
        arguments.operands(),
        arguments.flag("--help"),
        arguments.flag("--version"));
  }

  /** The options before the verb. */
  public static Syntax syntax() {
    return new Syntax("jcompose", "Makes this machine match a Compose file, without Docker.")
        .list("FILE", "A Compose file; repeat it to merge several.", "-f", "--file")
        .text("NAME", "Name of the project.", "-p", "--project-name")
        .list("NAME", "A profile to enable; may be repeated.", "--profile")
        .list("FILE", "An environment file instead of .env; may be repeated.", "--env-file")
        .text("DIR", "What relative paths in the file start from.", "--project-directory")
        .text("STYLE", "Progress: auto, tty, plain, json or quiet.", "--progress")
        .text("WHEN", "Colours: auto, always or never.", "--ansi")
        .number(
            "N", "At most N images fetched, sent or built at once; -1 is no limit.", "--parallel")
        .flag("Say what would be done, and do nothing.", "--dry-run")
        .flag("Name containers and built images with underscores.", "--compatibility")
        .flag("Include networks and volumes no service uses.", "--all-resources")
        .text("DIR", "Keep all of the engine's state in DIR.", "--root")
        .text("ADDRESS", "Use another engine: unix:///path/to/socket.", "--host")
        .flag("Show details when something fails.", "--verbose")
        .flag("Print the version.", "-v", "--version")
        .operands("COMMAND", "0..*", "")
        .stopAtOperand();
  }

  /** The root help: every verb under its heading, then the options. */
  public static String help() {
    StringBuilder text = new StringBuilder();
    text.append("usage: jcompose [OPTIONS] COMMAND [ARGUMENTS]\n\n")
        .append("Makes this machine match a Compose file, without Docker.\n");
    for (Verb.Group group : Verb.Group.values()) {
      text.append('\n').append(group.heading()).append(":\n");
      for (Verb verb : Verb.values()) {
        if (verb.group() == group && verb.isThere()) {
          text.append("  %-9s %s%n".formatted(verb.word(), verb.sentence()));
        }
      }
    }
    return text.append("\nOptions, before the command:\n")
        .append(syntax().optionList())
        .append("\njcompose COMMAND --help says more about a command.\n")
        .toString();
  }
}
