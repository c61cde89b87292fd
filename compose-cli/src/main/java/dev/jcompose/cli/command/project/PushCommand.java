package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.TransferPlanner;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import java.util.List;
import java.util.Set;

/** {@code push}. */
public final class PushCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Send what can be sent and do not fail over the rest.", "--ignore-push-failures")
        .flag("Also the images of services that these depend on.", "--include-deps")
        .flag("Show no progress.", "-q", "--quiet")
        .operands("SERVICE", "0..*", "Only the images of these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    List<String> services = arguments.operands();
    Project project = ProjectContext.load(session, services);
    Plan plan =
        TransferPlanner.push(
            project, arguments.flag("--include-deps") ? Set.of() : Set.copyOf(services));
    boolean quiet = arguments.flag("--quiet");
    try (Engine engine = session.engine()) {
      Outcome outcome =
          Operation.run(
              session,
              engine,
              "push",
              null,
              event -> !quiet,
              reconciler -> reconciler.execute(plan));
      if (arguments.flag("--ignore-push-failures") && !outcome.cancelled()) {
        outcome.failures().forEach(failure -> session.err().println("Warning: " + failure.text()));
        outcome =
            new Outcome(List.of(), outcome.warnings(), false, outcome.started(), outcome.timings());
      }
      return Operation.report(session, outcome);
    }
  }
}
