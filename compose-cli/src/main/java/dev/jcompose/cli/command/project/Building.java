package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.render.build.BuildDisplay;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildOptions;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.core.reconcile.Reconciler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Builds images and shows it. */
public final class Building {
  private Building() {}

  /**
   * Builds what {@code up}, {@code create} and {@code run} need before they can go on. Nothing
   * happens when no service has a build section.
   */
  static void before(
      Session session, Engine engine, Project project, DesiredState desired, Arguments arguments)
      throws ComposeException {
    if (!arguments.flag("--no-build")) {
      ProgressStyle style =
          arguments.flag("--quiet-build") || arguments.flag("--quiet")
              ? ProgressStyle.QUIET
              : ProgressStyle.of(session);
      before(session, engine, project, desired, style, isAll(arguments));
    }
  }

  /** A watch tells of changes from now on, so what it begins with has to be of now. */
  private static boolean isAll(Arguments arguments) {
    return arguments.flag("--build") || arguments.flag("--watch");
  }

  /**
   * The same for verbs with other options.
   *
   * @param all whether images are built that are here
   */
  static void before(
      Session session,
      Engine engine,
      Project project,
      DesiredState desired,
      ProgressStyle style,
      boolean all)
      throws ComposeException {
    if (desired.services().values().stream().noneMatch(s -> s.image().built())) {
      return;
    }
    Plan plan =
        Operation.reconciler(session, engine, event -> {})
            .planBuilds(
                project, desired, BuildOptions.withProxies(ProjectContext.proxies(session)), all);
    if (!plan.isEmpty()) {
      Outcome outcome = run(session, engine, plan, style, BuildListener.SILENT);
      if (!outcome.ok()) {
        Operation.report(session, outcome);
      }
    }
  }

  /**
   * Carries out a plan of builds with its progress on standard error; Ctrl-C gives them up.
   *
   * @param also hears what the display hears
   */
  public static Outcome run(
      Session session, Engine engine, Plan plan, ProgressStyle style, BuildListener also) {
    return carryOut(
        session,
        engine,
        plan,
        style,
        also,
        reconciler -> Signals.on("INT", Operation.onceThenHalt(reconciler::cancel)));
  }

  /**
   * The same for somebody who gives builds up himself.
   *
   * @param begins is told who builds
   */
  static Outcome carryOut(
      Session session,
      Engine engine,
      Plan plan,
      ProgressStyle style,
      BuildListener also,
      Consumer<Reconciler> begins) {
    List<String> done = new ArrayList<>();
    Outcome outcome;
    try (BuildDisplay display = BuildDisplay.open(style, session)) {
      Reconciler reconciler =
          Operation.reconciler(
                  session,
                  engine,
                  event -> {
                    if (event instanceof ProgressEvent.Done built && !isCheck(plan)) {
                      done.add(built.id() + "  " + built.text());
                    }
                  })
              .tellingBuildsTo(
                  (service, news) -> {
                    display.news(service, news);
                    also.news(service, news);
                  });
      begins.accept(reconciler);
      outcome = reconciler.execute(plan);
    }
    if (style == ProgressStyle.PLAIN || style == ProgressStyle.TTY) {
      done.forEach(line -> session.status().println(" " + line));
    }
    return outcome;
  }

  private static boolean isCheck(Plan plan) {
    return plan.steps().stream()
        .anyMatch(s -> s.action() instanceof Action.BuildImage build && build.spec().checkOnly());
  }

  /** Tells warnings and failures; the result is the status to end with. */
  public static int report(Session session, Outcome outcome) {
    return Operation.report(session, outcome);
  }
}
