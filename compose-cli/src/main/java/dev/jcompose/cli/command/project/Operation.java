package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.render.progress.ProgressDisplay;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs one operation of the reconciler and shows it. */
final class Operation {
  /** Something the reconciler does. */
  @FunctionalInterface
  interface Work {
    Outcome with(Reconciler reconciler) throws ComposeException;
  }

  private Operation() {}

  /**
   * Carries work out with progress on standard error; Ctrl-C ends it early, a second one at once.
   * With {@code --dry-run} it prints what would be done instead.
   *
   * @param header the word over the progress, such as "up"
   */
  static Outcome run(Session session, Engine engine, String header, Work work)
      throws ComposeException {
    return run(session, engine, header, null, event -> true, work);
  }

  /**
   * The same with a bound for what waits for containers.
   *
   * @param waitTimeout null for no bound
   * @param shown which events are shown
   */
  static Outcome run(
      Session session,
      Engine engine,
      String header,
      @Nullable Duration waitTimeout,
      Predicate<ProgressEvent> shown,
      Work work)
      throws ComposeException {
    if (session.options().dryRun()) {
      return work.with(
          reconciler(session, engine, event -> {})
              .onlyTelling(plan -> session.out().print(plan.text())));
    }
    Outcome outcome;
    try (ProgressDisplay display = ProgressStyle.of(session).open(header, session)) {
      Reconciler reconciler =
          reconciler(
                  session,
                  engine,
                  event -> {
                    if (shown.test(event)) {
                      display.show(event);
                    }
                  })
              .waitingAtMost(waitTimeout);
      Signals.on("INT", onceThenHalt(reconciler::cancel));
      outcome = work.with(reconciler);
    }
    return outcome;
  }

  /**
   * Prints what {@code up} would do, with builds and fetches before it.
   *
   * @return the status to end the process with
   */
  static int foretell(
      Session session,
      Engine engine,
      Project project,
      DesiredState desired,
      UpOptions options,
      boolean buildsAll)
      throws ComposeException {
    session
        .out()
        .print(
            reconciler(session, engine, event -> {})
                .foresee(project, desired, options, buildsAll)
                .text());
    return ExitCode.OK.code();
  }

  /** Gives work up in good order when run first; run again, it ends the process at once. */
  static Runnable onceThenHalt(Runnable first) {
    AtomicBoolean before = new AtomicBoolean();
    return () -> {
      if (before.getAndSet(true)) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
      }
      first.run();
    };
  }

  /** A reconciler with the session's manners. */
  static Reconciler reconciler(Session session, Engine engine, Consumer<ProgressEvent> listener) {
    return new Reconciler(engine, listener, Setting.SERIAL.isOn(session.environment()))
        .transferringAtMost(limit(session));
  }

  /**
   * Tells warnings and failures.
   *
   * @return the status to end the process with
   */
  static int report(Session session, Outcome outcome) {
    outcome.warnings().forEach(warning -> session.err().println("Warning: " + warning));
    if (outcome.cancelled() && outcome.failures().isEmpty()) {
      return ExitCode.INTERRUPTED.code();
    }
    if (outcome.failures().isEmpty()) {
      return ExitCode.OK.code();
    }
    StringBuilder sentence = new StringBuilder();
    outcome
        .failures()
        .forEach(
            failure ->
                sentence.append(sentence.isEmpty() ? "" : "\njcompose: ").append(failure.text()));
    throw new UserError(
        outcome.cancelled() ? ExitCode.INTERRUPTED : ExitCode.FAILURE, sentence.toString());
  }

  /** What the project of this session asks for. */
  static DesiredState desired(Session session, Project project) throws ComposeException {
    return DesiredState.of(project, ProjectContext.separator(session))
        .withVariablesBelow(ProjectContext.proxies(session));
  }

  /** The project for verbs that create nothing and can do with its name. */
  static ProjectScope scope(Session session, ProjectContext context) {
    Project project = context.project();
    return project == null
        ? ProjectScope.named(context.name())
        : ProjectScope.of(DesiredState.ofExisting(project, ProjectContext.separator(session)));
  }

  /** Seconds as a duration, null when not given. */
  static @Nullable Duration seconds(String option, @Nullable Integer seconds) {
    if (seconds != null && seconds < 0) {
      throw UserError.usage(option + " " + seconds + " is not a time; write seconds, 0 or more");
    }
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** How many images may be fetched, sent or built at once; 0 for no limit. */
  private static int limit(Session session) {
    Integer limit = session.options().parallel();
    String variable = Setting.PARALLEL_LIMIT.in(session.environment());
    if (limit == null && variable != null) {
      try {
        limit = Integer.valueOf(variable);
      } catch (NumberFormatException e) {
        throw UserError.usage(
            "COMPOSE_PARALLEL_LIMIT \""
                + variable
                + "\" is not a number; write one, or -1 for no limit");
      }
    }
    return limit == null ? 0 : Math.max(limit, 0);
  }
}
