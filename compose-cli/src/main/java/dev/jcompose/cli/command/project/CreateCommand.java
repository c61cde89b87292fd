package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;

/** {@code create}. */
public final class CreateCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    Making.describe(syntax);
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    UpOptions options = Making.options(arguments, session);
    Project project = ProjectContext.load(session, arguments.operands());
    DesiredState desired = Making.desired(arguments, session, project);
    try (Engine engine = session.engine()) {
      if (session.options().dryRun()) {
        return Operation.foretell(
            session, engine, project, desired, options, UpCommand.buildsAll(arguments));
      }
      Building.before(session, engine, project, desired, arguments);
      Outcome outcome =
          Operation.run(
              session,
              engine,
              "create",
              null,
              Making.shown(arguments),
              reconciler -> reconciler.up(desired, options));
      return Operation.report(session, outcome);
    }
  }
}
