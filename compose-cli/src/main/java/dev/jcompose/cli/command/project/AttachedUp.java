package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.follow.Follower;
import dev.jcompose.cli.follow.Follower.Exit;
import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.cli.render.plan.TimingTable;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code up} in the foreground: creates everything with progress on the screen, then starts it and
 * shows what it writes until all of it has ended. Ctrl-C stops the containers, a second one kills
 * them, a third one leaves them to themselves.
 */
final class AttachedUp {
  private final Session session;
  private final Engine engine;
  private final ProjectContext context;
  private final DesiredState desired;
  private final UpOptions options;
  private final Attachment attachment;
  private final ProjectScope scope;
  private final AtomicInteger interrupts = new AtomicInteger();
  private volatile @Nullable Reconciler starting;
  private volatile @Nullable Outcome started;

  AttachedUp(
      Session session,
      Engine engine,
      Project project,
      DesiredState desired,
      UpOptions options,
      Attachment attachment) {
    this.session = session;
    this.engine = engine;
    this.context = new ProjectContext(project.name(), project);
    this.desired = desired;
    this.options = options;
    this.attachment = attachment;
    this.scope = ProjectScope.of(desired);
  }

  /**
   * Runs until the containers have ended.
   *
   * @param shown which progress is to be seen
   * @param timings whether it is told what took how long before the output begins
   * @return the status to end the process with
   */
  int run(Predicate<ProgressEvent> shown, boolean timings)
      throws ComposeException, InterruptedException {
    Instant began = Instant.now();
    Outcome created =
        Operation.run(
            session, engine, "up", null, shown, reconciler -> reconciler.up(desired, options));
    if (!created.ok()) {
      return Operation.report(session, created);
    }
    created.warnings().forEach(warning -> session.err().println("Warning: " + warning));
    if (timings) {
      session.status().print(TimingTable.of(created.timings()));
    }
    LogPrinter printer =
        new LogPrinter(session.out(), session.err(), attachment.prefixes(), attachment.colours());
    Follower.Options following =
        new Follower.Options(
            event ->
                attachment.shown().contains(event.attributes().getOrDefault(Labels.SERVICE, "")),
            began,
            attachment.timestamps(),
            true,
            true);
    try (Follower follower =
        new Follower(engine, context.name(), printer, context::shortName, following)) {
      Signals.on("INT", () -> interrupted(printer));
      Signals.on("TERM", () -> interrupted(printer));
      follower.expectMore();
      attach(follower, printer, began);
      Thread.ofVirtual().start(() -> start(follower));
      return follow(follower, printer);
    }
  }

  private void attach(Follower follower, LogPrinter printer, Instant began) {
    List<ContainerView> shown =
        context.containers(engine, List.of(), false).stream()
            .filter(c -> attachment.shown().contains(c.label(Labels.SERVICE)))
            .toList();
    printer.note(
        "Attaching to "
            + shown.stream()
                .map(c -> context.shortName(c.name()))
                .collect(Collectors.joining(", ")));
    for (ContainerView container : shown) {
      printer.register(context.shortName(container.name()));
      follower.follow(container, began);
    }
  }

  private void start(Follower follower) {
    Reconciler reconciler = Operation.reconciler(session, engine, event -> {});
    starting = reconciler;
    Set<String> services = desired.services().keySet();
    Outcome outcome =
        reconciler.start(
            scope, new LifecycleOptions(services, options.dependencies(), null, false, "SIGKILL"));
    started = outcome;
    if (outcome.ok()) {
      follower.expectNoMore(outcome.started().values());
    } else {
      // What runs goes on; the failure is told at once.
      follower.close();
    }
  }

  private int follow(Follower follower, LogPrinter printer) throws InterruptedException {
    int status = ExitCode.OK.code();
    boolean aborted = false;
    boolean decided = false;
    for (Optional<Exit> exit = follower.next(); exit.isPresent(); exit = follower.next()) {
      Exit ended = exit.get();
      if (!decided && decides(ended, aborted)) {
        status = ended.exitCode();
        decided = true;
      }
      if (!aborted && aborts(ended)) {
        aborted = true;
        if (interrupts.get() == 0) {
          printer.note("Aborting on container exit...");
          stop(Set.of());
        }
      }
    }
    Outcome outcome = started;
    if (interrupts.get() == 0 && outcome != null && !outcome.ok()) {
      return Operation.report(session, outcome);
    }
    return interrupts.get() > 0 ? ExitCode.INTERRUPTED.code() : status;
  }

  private boolean decides(Exit exit, boolean aborted) {
    String from = attachment.exitCodeFrom();
    return from != null
        ? exit.service().equals(from)
        : attachment.abort() != Attachment.Abort.NEVER && !aborted && aborts(exit);
  }

  private boolean aborts(Exit exit) {
    return switch (attachment.abort()) {
      case NEVER -> false;
      case ON_EXIT -> true;
      case ON_FAILURE -> exit.exitCode() != 0;
    };
  }

  private void interrupted(LogPrinter printer) {
    switch (interrupts.incrementAndGet()) {
      case 1 -> {
        printer.note("Stopping gracefully; Ctrl-C again kills...");
        Reconciler reconciler = starting;
        if (reconciler != null) {
          reconciler.cancel();
        }
        stop(attachment.stopped());
      }
      case 2 ->
          Operation.reconciler(session, engine, event -> {})
              .kill(scope, LifecycleOptions.of(attachment.stopped()));
      default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
  }

  private void stop(Set<String> services) {
    Operation.reconciler(session, engine, event -> {})
        .stop(scope, LifecycleOptions.of(services).withTimeout(attachment.timeout()));
  }
}
