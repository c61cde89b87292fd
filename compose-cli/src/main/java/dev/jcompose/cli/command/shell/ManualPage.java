package dev.jcompose.cli.command.shell;

import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.Verb;
import dev.jcompose.cli.session.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page of the manual, in the language of {@code man}. Everything in it comes from the tables that
 * the command line is read by.
 *
 * @param name such as {@code jcompose-image-ls}, without the section
 * @param text the page
 */
record ManualPage(String name, String text) {
  private static final String SECTION = "1";

  /** All pages, the one of jcompose itself first. */
  static List<ManualPage> all(String version) {
    List<ManualPage> pages = new ArrayList<>();
    pages.add(root(version));
    for (Verb verb : Verb.values()) {
      verb.command()
          .ifPresent(command -> add(pages, verb.word(), verb.sentence(), command, version));
    }
    return pages;
  }

  private static void add(
      List<ManualPage> pages, String words, String sentence, Command command, String version) {
    Syntax syntax = new Syntax("jcompose " + words, sentence);
    command.describe(syntax);
    StringBuilder text = head(name(words), sentence, version);
    text.append(".SH SYNOPSIS\n.B jcompose ").append(words).append("\n[OPTIONS] ");
    text.append(escaped(syntax.synopsis())).append('\n');
    if (!command.members().isEmpty()) {
      text.append(".SH ACTIONS\n");
      for (CommandGroup.Member member : command.members()) {
        entry(text, bold(member.word()), member.sentence() + ".");
        add(pages, words + " " + member.word(), member.sentence(), member.command().get(), version);
      }
    }
    if (!(command instanceof CommandGroup) && !syntax.operandSentence().isEmpty()) {
      text.append(".SH OPERANDS\n");
      entry(text, italic(syntax.operandLabel()), syntax.operandSentence());
    }
    options(text, syntax);
    if (!(command instanceof CommandGroup) && !syntax.notes().isEmpty()) {
      text.append(".SH NOTES\n");
      syntax.notes().forEach(line -> text.append(escaped(line)).append("\n.br\n"));
    }
    text.append(".SH SEE ALSO\n.BR jcompose (1)\n");
    pages.add(new ManualPage(name(words), text.toString()));
  }

  private static ManualPage root(String version) {
    StringBuilder text =
        head("jcompose", "makes this machine match a Compose file, without Docker", version);
    text.append(".SH SYNOPSIS\n.B jcompose\n[OPTIONS] COMMAND [ARGUMENTS]\n");
    for (Verb.Group group : Verb.Group.values()) {
      text.append(".SH ").append(group.heading().toUpperCase(Locale.ROOT)).append('\n');
      for (Verb verb : Verb.values()) {
        if (verb.group() == group && verb.isThere()) {
          entry(text, ".BR jcompose-" + verb.word() + " (1)", verb.sentence() + ".");
        }
      }
    }
    options(text, RootCommand.syntax());
    text.append(".SH EXIT STATUS\n");
    for (ExitCode code : ExitCode.values()) {
      entry(text, bold(Integer.toString(code.code())), meaning(code));
    }
    return new ManualPage("jcompose", text.toString());
  }

  private static String meaning(ExitCode code) {
    return switch (code) {
      case OK -> "It worked.";
      case FAILURE -> "It was understood and did not work.";
      case USAGE -> "The command line is wrong; for plan, there is something to do.";
      case FILE -> "A Compose file or env file is missing or not valid.";
      case ENGINE -> "The engine cannot be reached or started.";
      case INTERRUPTED -> "Ended by Ctrl-C.";
      case TERMINATED -> "Ended by SIGTERM.";
    };
  }

  private static StringBuilder head(String name, String sentence, String version) {
    return new StringBuilder(
            ".TH %s %s \"\" \"jcompose %s\" \"jcompose\"\n"
                .formatted(name.toUpperCase(Locale.ROOT), SECTION, version))
        .append(".nh\n.SH NAME\n")
        .append(escaped(name))
        .append(" \\- ")
        .append(escaped(sentence))
        .append('\n');
  }

  private static void options(StringBuilder text, Syntax syntax) {
    text.append(".SH OPTIONS\n");
    for (Syntax.Option option : syntax.options()) {
      List<String> names = new ArrayList<>();
      option.names().forEach(name -> names.add(bold(name)));
      String value = option.value() == null ? "" : " " + italic(option.value());
      entry(text, String.join(", ", names) + value, option.sentence());
    }
  }

  private static void entry(StringBuilder text, String term, String sentence) {
    text.append(".TP\n").append(term).append('\n').append(escaped(sentence)).append('\n');
  }

  private static String name(String words) {
    return "jcompose-" + words.replace(' ', '-');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** Dashes stay dashes that can be copied, and no line is taken for a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
