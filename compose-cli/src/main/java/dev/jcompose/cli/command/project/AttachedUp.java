package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.follow.Follower;
import dev.jcompose.cli.follow.Follower.Exit;
import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.cli.render.plan.TimingTable;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.cli.watch.WatchPlan;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
  private final LoadedProject loaded;
  private final ProjectContext context;
  private final DesiredState desired;
  private final UpOptions options;
  private final Attachment attachment;
  private final ProjectScope scope;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private final CountDownLatch stopEnded = new CountDownLatch(1);
  private volatile @Nullable Reconciler starting;
  private volatile @Nullable Outcome started;
  private volatile @Nullable Watching watching;
  private volatile @Nullable KeyMenu menu;

  AttachedUp(
      Session session,
      Engine engine,
      LoadedProject loaded,
      DesiredState desired,
      UpOptions options,
      Attachment attachment) {
    this.session = session;
    this.engine = engine;
    this.loaded = loaded;
    this.context = new ProjectContext(loaded.project().name(), loaded.project());
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
      Signals.on("INT", () -> interrupted(follower, printer));
      Signals.on("TERM", () -> interrupted(follower, printer));
      follower.expectMore();
      attach(follower, printer, began);
      openMenu(follower, printer);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  start(follower, printer);
                } finally {
                  startEnded.countDown();
                }
              });
      return follow(follower, printer);
    } finally {
      Watching open = watching;
      if (open != null) {
        open.close();
      }
      KeyMenu opened = menu;
      if (opened != null) {
        opened.close();
      }
    }
  }

  private void openMenu(Follower follower, LogPrinter printer) throws InterruptedException {
    if (attachment.menu()) {
      KeyMenu opened =
          KeyMenu.open(session, printer, key -> pressed(key, follower, printer)).orElse(null);
      menu = opened;
      if (opened != null) {
        opened.show(false);
      }
    }
  }

  private void pressed(int key, Follower follower, LogPrinter printer) {
    switch (key) {
      case 'w' -> {
        if (watching == null) {
          watch(follower, printer);
        } else {
          unwatch(follower, printer);
        }
      }
      case 'd' -> {
        printer.note("Detached; the containers go on");
        follower.close();
      }
      default -> {}
    }
  }

  /** While files are watched, what ends may come back with the next change: nothing is over. */
  private synchronized void watch(Follower follower, LogPrinter printer) {
    if (interrupts.get() > 0 || watching != null) {
      return;
    }
    List<String> named = List.copyOf(attachment.stopped());
    WatchPlan plan;
    try {
      plan = Watching.plan(loaded, named);
    } catch (UserError e) {
      printer.tell(String.valueOf(e.getMessage()));
      return;
    }
    follower.expectMore();
    Watching opened =
        new Watching(
            session.saying(printer.notes()),
            engine,
            loaded.project(),
            named,
            new Watching.Options(attachment.builds(), true),
            printer::tell);
    watching = opened;
    showMenu();
    Thread.ofVirtual()
        .name("watch")
        .start(
            () -> {
              try {
                opened.run(plan);
              } catch (UserError e) {
                printer.tell(String.valueOf(e.getMessage()));
                unwatch(follower, printer);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private synchronized void unwatch(Follower follower, LogPrinter printer) {
    Watching open = watching;
    if (open == null) {
      return;
    }
    watching = null;
    open.close();
    printer.tell("Not watching any more");
    showMenu();
    Outcome outcome = started;
    if (outcome != null) {
      follower.expectNoMore(outcome.started().values());
    }
  }

  private void showMenu() {
    KeyMenu shown = menu;
    if (shown != null) {
      shown.show(watching != null);
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

  private void start(Follower follower, LogPrinter printer) {
    Reconciler reconciler = Operation.reconciler(session, engine, event -> {});
    starting = reconciler;
    if (interrupts.get() > 0) {
      reconciler.cancel();
    }
    Set<String> services = desired.services().keySet();
    Outcome outcome =
        reconciler.start(
            scope, new LifecycleOptions(services, options.dependencies(), null, false, "SIGKILL"));
    if (outcome.ok() && attachment.watches()) {
      watch(follower, printer);
    }
    boolean over;
    synchronized (this) {
      started = outcome;
      over = watching == null;
    }
    if (outcome.ok() || interrupts.get() > 0) {
      if (over) {
        follower.expectNoMore(outcome.started().values());
      }
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
      Watching open = watching;
      if (open != null && open.isWorking()) {
        // It made room for its successor.
        continue;
      }
      if (!decided && decides(ended, aborted)) {
        status = ended.exitCode();
        decided = true;
      }
      if (!aborted && aborts(ended)) {
        aborted = true;
        if (interrupts.get() == 0) {
          unwatch(follower, printer);
          printer.note("Aborting on container exit...");
          stop(Set.of(), printer);
        }
      }
    }
    if (interrupts.get() > 0) {
      stopEnded.await();
      return ExitCode.INTERRUPTED.code();
    }
    Outcome outcome = started;
    return outcome == null || outcome.ok() ? status : Operation.report(session, outcome);
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

  private void interrupted(Follower follower, LogPrinter printer) {
    switch (interrupts.incrementAndGet()) {
      case 1 -> {
        printer.note("Stopping gracefully; Ctrl-C again kills...");
        unwatch(follower, printer);
        Reconciler reconciler = starting;
        if (reconciler != null) {
          reconciler.cancel();
        }
        // What is being started now has to run before it can be seen and stopped.
        try {
          startEnded.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        stop(attachment.stopped(), printer);
        stopEnded.countDown();
      }
      case 2 ->
          Operation.reconciler(session, engine, event -> {})
              .kill(scope, LifecycleOptions.of(attachment.stopped()));
      default -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
  }

  private void stop(Set<String> services, LogPrinter printer) {
    Operation.reconciler(session, engine, event -> {})
        .stop(scope, LifecycleOptions.of(services).withTimeout(attachment.timeout()))
        .failures()
        .forEach(failure -> printer.tell(failure.text()));
  }
}
