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
import java.util.List;
import java.util.Map;

/** {@code scale}: how many containers services have. */
public final class ScaleCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Leave the services alone that those named depend on.", "--no-deps")
        .operands("SERVICE=N", "1..*", "Services with their number of containers.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    Project project = ProjectContext.load(session, List.of());
    Map<String, Integer> scale = Making.scale(arguments.operands(), project);
    DesiredState desired = Operation.desired(session, project).scaled(scale);
    UpOptions options = UpOptions.scaling(scale, !arguments.flag("--no-deps"));
    try (Engine engine = session.engine()) {
      if (session.options().dryRun()) {
        return Operation.foretell(session, engine, project, desired, options, false);
      }
      Outcome outcome =
          Operation.run(session, engine, "scale", reconciler -> reconciler.up(desired, options));
      return Operation.report(session, outcome);
    }
  }
}
