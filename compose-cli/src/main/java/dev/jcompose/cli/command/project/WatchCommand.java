package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.cli.watch.WatchPlan;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code watch}: brings the project up and then follows the changes of its files until Ctrl-C. */
public final class WatchCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Watch what is there; build and start nothing before.", "--no-up")
        .flag("Remove images that lose their name in a rebuild; on unless =false.", "--prune")
        .flag("Show no progress of builds.", "--quiet")
        .operands("SERVICE", "0..*", "Only the files of these services.")
        .note("Ctrl-C ends it and leaves the containers running.");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    List<String> services = arguments.operands();
    LoadedProject loaded = Watching.load(session, services);
    Project project = loaded.project();
    WatchPlan plan = Watching.plan(loaded, services);
    ProgressStyle builds =
        arguments.flag("--quiet") ? ProgressStyle.QUIET : ProgressStyle.of(session);
    try (Engine engine = session.engine()) {
      if (!arguments.flag("--no-up")) {
        DesiredState desired = Operation.desired(session, project);
        Building.before(session, engine, project, desired, builds, true);
        Outcome outcome =
            Operation.run(
                session,
                engine,
                "up",
                reconciler -> reconciler.up(desired, UpOptions.of(Set.copyOf(services))));
        if (!outcome.ok()) {
          return Operation.report(session, outcome);
        }
        outcome.warnings().forEach(warning -> session.err().println("Warning: " + warning));
      }
      return watch(arguments, session, engine, project, plan, builds);
    }
  }

  private static int watch(
      Arguments arguments,
      Session session,
      Engine engine,
      Project project,
      WatchPlan plan,
      ProgressStyle builds)
      throws InterruptedException {
    LogPrinter printer =
        new LogPrinter(session.out(), session.err(), false, session.colours(false));
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Watching watching =
        new Watching(
            session,
            engine,
            project,
            arguments.operands(),
            new Watching.Options(builds, arguments.flag("--prune", true)),
            printer::tell)) {
      Runnable end =
          Operation.onceThenHalt(
              () -> {
                interrupted.set(true);
                watching.close();
              });
      Signals.on("INT", end);
      Signals.on("TERM", end);
      watching.run(plan);
    }
    return interrupted.get() ? ExitCode.INTERRUPTED.code() : ExitCode.OK.code();
  }
}
