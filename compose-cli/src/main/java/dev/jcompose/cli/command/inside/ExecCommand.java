package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;

/** {@code exec}. Ends with the exit code of the command. */
public final class ExecCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Run it in the background.", "-d", "--detach")
        .list("KEY=VALUE", "Set an environment variable; may be repeated.", "-e", "--env")
        .number("N", "Which replica, counted from 1.", "--index")
        .flag("Keep standard input open; on unless =false.", "-i", "--interactive")
        .flag("No terminal, even when there is one here.", "-T", "--no-tty", "--no-TTY")
        .flag("A terminal; on when there is one here.", "-t", "--tty")
        .flag("Give it every privilege.", "--privileged")
        .text("USER", "Run it as this user.", "-u", "--user")
        .text("DIR", "Run it in this directory of the container.", "-w", "--workdir")
        .operands("SERVICE COMMAND", "2..*", "The service, then the command and its arguments.")
        .stopAtOperand();
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    List<String> words = arguments.operands();
    int index = arguments.replica();
    boolean detach = arguments.flag("--detach");
    boolean stdin = arguments.flag("--interactive", true) && !detach;
    boolean terminalHere = Terminal.isInput() && Terminal.isOutput();
    boolean tty = !detach && !arguments.flag("--no-TTY") && arguments.flag("--tty", terminalHere);
    if (tty && !Terminal.isInput()) {
      throw UserError.usage("standard input is not a terminal; leave out --tty, or add -T");
    }
    ProjectContext context = ProjectContext.of(session, List.of());
    try (Engine engine = session.engine()) {
      ContainerView container = context.replica(engine, words.get(0), index);
      ExecRequest request =
          new ExecRequest(
              words.subList(1, words.size()),
              environment(arguments.list("--env"), session),
              arguments.text("--workdir"),
              arguments.text("--user"),
              arguments.flag("--privileged"),
              tty,
              stdin,
              detach);
      try (ExecSession process = engine.exec(container.id(), request)) {
        if (detach) {
          return ExitCode.OK.code();
        }
        Conversation conversation = new Conversation(process, session);
        if (tty) {
          conversation.onTerminal(stdin);
        } else {
          conversation.plain(stdin);
        }
        return process.exitCode();
      }
    }
  }

  // KEY alone takes the value from here, and is left out when there is none.
  private static List<String> environment(List<String> entries, Session session) {
    return entries.stream()
        .filter(entry -> entry.contains("=") || session.environment().containsKey(entry))
        .map(entry -> entry.contains("=") ? entry : entry + "=" + session.environment().get(entry))
        .toList();
  }
}
