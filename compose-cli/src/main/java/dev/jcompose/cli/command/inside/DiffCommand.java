package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.container.FileChange;
import java.util.Comparator;
import java.util.List;

/** {@code diff}: the files that a service's container has otherwise than its image. */
public final class DiffCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .number("N", "Which container of the service, counted from 1.", "--index")
        .operands("SERVICE", "1", "The service.")
        .note("A was added, C was changed, D was deleted. Volumes are not looked at.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ProjectContext context = ProjectContext.of(session, List.of());
    String container;
    try (Engine engine = session.engine()) {
      container =
          context.replica(engine, arguments.operands().getFirst(), arguments.replica()).id();
    }
    try (EngineClient client = session.client()) {
      client.containers().changes(container).stream()
          .sorted(Comparator.comparing(FileChange::path))
          .forEach(change -> session.out().println(change.kind().letter() + " " + change.path()));
    }
    return ExitCode.OK.code();
  }
}
