package dev.jcompose.cli.command.shell;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.config.ConfigReport;
import dev.jcompose.core.load.LoadRequest.Skip;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** {@code completion}: scripts for shells, and what those scripts ask. */
public final class CompletionCommand {
  private CompletionCommand() {}

  /** The verb with its actions. */
  public static Command group() {
    List<CommandGroup.Member> members = new ArrayList<>();
    for (String shell : List.of("bash", "zsh", "fish")) {
      members.add(
          new CommandGroup.Member(shell, "Print the script for " + shell, () -> new Script(shell)));
    }
    members.add(
        new CommandGroup.Member("words", "Print what fits at the end of a line", Words::new));
    return new CommandGroup(
        "jcompose completion",
        members,
        List.of(
            "bash: put  eval \"$(jcompose completion bash)\"  into ~/.bashrc",
            "zsh:  put  eval \"$(jcompose completion zsh)\"   into ~/.zshrc, after compinit",
            "fish: jcompose completion fish > ~/.config/fish/completions/jcompose.fish"));
  }

  private record Script(String shell) implements Command {
    @Override
    public void describe(Syntax syntax) {}

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
      try (InputStream script =
          Objects.requireNonNull(
              CompletionCommand.class.getResourceAsStream("jcompose." + shell))) {
        session.out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }
      return ExitCode.OK.code();
    }
  }

  private static final class Words implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax
          .operands("WORD", "0..*", "The line without jcompose; the last one is still being typed.")
          .stopAtOperand()
          .note("Prints a candidate a line, with a tab and what it means where that is known.");
    }

    @Override
    public int run(Arguments arguments, Session session) {
      List<String> words = arguments.operands();
      new Candidates(rootWords -> names(session, rootWords))
          .of(words.isEmpty() ? List.of("") : words)
          .forEach(
              each ->
                  session
                      .out()
                      .println(
                          each.sentence().isEmpty()
                              ? each.word()
                              : each.word() + "\t" + each.sentence()));
      return ExitCode.OK.code();
    }

    /** Who presses a key wants no error: without a project there are no names. */
    private static Candidates.Names names(Session session, List<String> rootWords) {
      try {
        Session there =
            ProjectContext.withSettings(
                new Session(
                    RootCommand.read(rootWords).options(),
                    session.environment(),
                    session.directory(),
                    InputStream.nullInputStream(),
                    session.out(),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    session.connector()));
        LoadedProject loaded =
            ProjectContext.loadWhole(
                there,
                List.of(),
                EnumSet.of(Skip.INTERPOLATION, Skip.CONSISTENCY, Skip.ENVIRONMENT_RESOLUTION));
        ConfigReport report = new ConfigReport(loaded);
        List<String> services = new ArrayList<>(loaded.project().services().keySet());
        services.addAll(loaded.project().disabledServices().keySet());
        services.sort(null);
        return new Candidates.Names(services, report.profiles());
      } catch (ComposeException | UserError none) {
        return Candidates.Names.NONE;
      }
    }
  }
}
