package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.AttachRequest;
import dev.jcompose.core.port.stream.NextExit;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;

/**
 * {@code attach}. Ends with the exit code of the container, or with 0 when the detach keys were
 * typed and the container goes on.
 */
public final class AttachCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .text(
            "KEYS",
            "Keys that leave the container running; ctrl-p,ctrl-q without it.",
            "--detach-keys")
        .number("N", "Which replica, counted from 1.", "--index")
        .flag("Send it no input.", "--no-stdin")
        .flag("Pass signals on to the container; on unless =false.", "--sig-proxy")
        .operands("SERVICE", "1", "The service.");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ProjectContext context = ProjectContext.of(session, List.of());
    try (Engine engine = session.engine()) {
      ContainerView container =
          context.replica(engine, arguments.operands().getFirst(), arguments.replica());
      AttachRequest request =
          new AttachRequest(
              !arguments.flag("--no-stdin"), true, false, arguments.text("--detach-keys"));
      // The end is waited for from the start: by its restart policy it may soon run again.
      try (NextExit exit = engine.nextExit(container.id());
          var process = engine.attach(container.id(), request)) {
        if (!engine.isUp(container.id())) {
          return engine.awaitExit(container.id());
        }
        if (arguments.flag("--sig-proxy", true) && !process.tty()) {
          SignalProxy.to(engine, container.id());
        }
        new Conversation(process, session).talk(request.stdin());
        boolean detached = process.tty() && engine.isUp(container.id());
        return detached ? ExitCode.OK.code() : exit.await();
      }
    }
  }
}
