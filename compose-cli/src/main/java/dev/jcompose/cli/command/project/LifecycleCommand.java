package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The verbs that change containers which exist and make none. */
public final class LifecycleCommand implements Command {
  /** Which of them. */
  public enum Change {
    START,
    STOP,
    RESTART,
    KILL,
    PAUSE,
    UNPAUSE,
    RM;

    boolean stops() {
      return this == STOP || this == RESTART;
    }
  }

  private final Change change;

  public LifecycleCommand(Change change) {
    this.change = change;
  }

  @Override
  public void describe(Syntax syntax) {
    if (change.stops()) {
      syntax.number(
          "SECONDS",
          "How long a container may take to stop before it is killed.",
          "-t",
          "--timeout");
    }
    switch (change) {
      case START ->
          syntax
              .flag("End once everything is up and healthy.", "--wait")
              .number("SECONDS", "How long --wait waits at most.", "--wait-timeout");
      case RESTART ->
          syntax.flag("Leave the services alone that depend on those named.", "--no-deps");
      case KILL ->
          syntax
              .text("SIGNAL", "The signal to send; SIGKILL without it.", "-s", "--signal")
              .flag(
                  "Remove containers of services that are no longer in the file.",
                  "--remove-orphans");
      case RM ->
          syntax
              .flag("Do not ask; removal is never asked about here.", "-f", "--force")
              .flag("Stop the containers first.", "-s", "--stop")
              .flag("Remove their anonymous volumes too.", "-v", "--volumes")
              .hidden("-a", "--all");
      case STOP, PAUSE, UNPAUSE -> {}
    }
    syntax.operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ProjectContext context = ProjectContext.of(session, List.of());
    ProjectScope scope = Operation.scope(session, context);
    List<String> services = arguments.operands();
    try (Engine engine = session.engine()) {
      if (context.containers(engine, services, true).isEmpty()) {
        session.err().println(nothing());
        return 0;
      }
      LifecycleOptions options =
          new LifecycleOptions(
              Set.copyOf(services),
              change != Change.RESTART || !arguments.flag("--no-deps"),
              change.stops() ? Operation.seconds("--timeout", arguments.number("--timeout")) : null,
              change == Change.RM && arguments.flag("--volumes"),
              change == Change.KILL ? arguments.text("--signal", "SIGKILL") : "SIGKILL");
      Outcome outcome =
          Operation.run(
              session,
              engine,
              change.name().toLowerCase(Locale.ROOT),
              reconciler -> change(reconciler, scope, options, arguments));
      return Operation.report(session, outcome);
    }
  }

  private Outcome change(
      Reconciler reconciler, ProjectScope scope, LifecycleOptions options, Arguments arguments) {
    return switch (change) {
      case START ->
          arguments.flag("--wait")
              ? reconciler
                  .waitingAtMost(
                      Operation.seconds("--wait-timeout", arguments.number("--wait-timeout")))
                  .start(scope, options.awaitingUp())
              : reconciler.start(scope, options);
      case STOP -> reconciler.stop(scope, options);
      case RESTART -> reconciler.restart(scope, options);
      case KILL -> reconciler.kill(scope, options, arguments.flag("--remove-orphans"));
      case PAUSE -> reconciler.pause(scope, options);
      case UNPAUSE -> reconciler.unpause(scope, options);
      case RM -> reconciler.remove(scope, options, arguments.flag("--stop"));
    };
  }

  private String nothing() {
    return switch (change) {
      case KILL -> "No container to kill";
      case RM -> "No stopped containers";
      case START, STOP, RESTART, PAUSE, UNPAUSE -> "No containers; jcompose up makes them";
    };
  }
}
