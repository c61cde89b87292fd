package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.plan.SavedPlan;
import dev.jcompose.cli.render.plan.TimingTable;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.plan.UpOptions.Recreate;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code up}, in the background or attached to what the containers write. */
public final class UpCommand implements Command {
  private static final List<String> ATTACHED_ONLY =
      List.of(
          "--abort-on-container-exit",
          "--abort-on-container-failure",
          "--attach",
          "--attach-dependencies",
          "--watch");

  @Override
  public void describe(Syntax syntax) {
    Making.describe(syntax);
    describeChanges(syntax);
    syntax
        .text("FILE", "Do what this plan says, or nothing when it is out of date.", "--plan")
        .flag("Say at the end what took how long.", "--timings")
        .flag("Go to the background once everything has started.", "-d", "--detach")
        .flag("Go to the background once everything is up and healthy.", "--wait")
        .number("SECONDS", "How long --wait waits at most.", "--wait-timeout")
        .flag("Stop everything when one container ends.", "--abort-on-container-exit")
        .flag("Stop everything when one container fails.", "--abort-on-container-failure")
        .text(
            "SERVICE",
            "Stop everything when one ends, with SERVICE's exit code.",
            "--exit-code-from")
        .list("SERVICE", "Show the output of these services only; may be repeated.", "--attach")
        .list("SERVICE", "Do not show the output of these; may be repeated.", "--no-attach")
        .flag("Show the output of needed services too.", "--attach-dependencies")
        .flag("No colours.", "--no-color")
        .flag("Lines without the name of their container.", "--no-log-prefix")
        .flag("Begin each line with its time.", "--timestamps")
        .flag("Follow changes of the files that develop.watch names.", "-w", "--watch")
        .flag("Show which keys do what; on unless =false, on a terminal.", "--menu");
  }

  /** What decides about containers, beside {@link Making}. */
  static void describeChanges(Syntax syntax) {
    syntax
        .flag("Create the containers and start none.", "--no-start")
        .flag("Leave the services alone that those named depend on.", "--no-deps")
        .flag("Replace the containers of those too.", "--always-recreate-deps")
        .flag("Give replaced containers new anonymous volumes.", "-V", "--renew-anon-volumes")
        .number(
            "SECONDS",
            "How long a container may take to stop before it is killed.",
            "-t",
            "--timeout");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    boolean waits = arguments.flag("--wait");
    boolean detached = waits || arguments.flag("--detach") || arguments.flag("--no-start");
    UpOptions options = options(arguments, session, detached);
    Duration waitTimeout = Operation.seconds("--wait-timeout", arguments.number("--wait-timeout"));
    LoadedProject loaded = Watching.load(session, arguments.operands());
    Project project = loaded.project();
    if (arguments.flag("--watch")) {
      // Refused now rather than when everything is up.
      Watching.plan(loaded, arguments.operands());
    }
    Attachment attachment = Attachment.of(arguments, session, project);
    DesiredState desired = Making.desired(arguments, session, project);
    try (Engine engine = session.engine()) {
      String plan = arguments.text("--plan");
      if (plan != null) {
        SavedPlan.read(session.directory().resolve(plan))
            .check(
                project.name(),
                Operation.reconciler(session, engine, event -> {})
                    .foresee(project, desired, changes(arguments, session), buildsAll(arguments)));
      }
      if (session.options().dryRun()) {
        return Operation.foretell(
            session, engine, project, desired, changes(arguments, session), buildsAll(arguments));
      }
      Building.before(session, engine, project, desired, arguments);
      if (!detached) {
        return new AttachedUp(session, engine, loaded, desired, options, attachment)
            .run(Making.shown(arguments), arguments.flag("--timings"));
      }
      Outcome outcome =
          Operation.run(
              session,
              engine,
              "up",
              waits ? waitTimeout : null,
              Making.shown(arguments),
              reconciler -> reconciler.up(desired, options));
      if (arguments.flag("--timings")) {
        session.status().print(TimingTable.of(outcome.timings()));
      }
      return Operation.report(session, outcome);
    }
  }

  /** Whether images are built that are here. */
  static boolean buildsAll(Arguments arguments) {
    return arguments.flag("--build") && !arguments.flag("--no-build");
  }

  private static UpOptions options(Arguments arguments, Session session, boolean detached) {
    if (detached) {
      for (String option : ATTACHED_ONLY) {
        if (arguments.has(option)) {
          throw UserError.usage(
              option + " needs the output here; leave out --detach, --wait and --no-start");
        }
      }
      if (arguments.has("--exit-code-from")) {
        throw UserError.usage(
            "--exit-code-from waits here for its service; leave out --detach and --wait");
      }
    }
    Making.exclude(arguments, "--abort-on-container-exit", "--abort-on-container-failure");
    Making.exclude(arguments, "--no-start", "--wait");
    Making.exclude(arguments, "--no-build", "--watch");
    if (detached && arguments.flag("--menu")) {
      throw UserError.usage("--menu needs a terminal to show keys on; leave out --detach");
    }
    UpOptions options = changes(arguments, session);
    return options.withStart(detached && options.start()).withAwaitUp(arguments.flag("--wait"));
  }

  /** How it goes about containers, whoever waits for them. */
  static UpOptions changes(Arguments arguments, Session session) {
    Making.exclude(arguments, "--no-recreate", "--always-recreate-deps");
    Making.exclude(arguments, "--no-recreate", "--renew-anon-volumes");
    UpOptions making = Making.options(arguments, session);
    boolean renews = arguments.flag("--renew-anon-volumes");
    return making
        .withRecreate(
            renews ? Recreate.ALWAYS : making.recreate(),
            arguments.flag("--always-recreate-deps")
                ? Recreate.ALWAYS
                : making.recreateDependencies())
        .withDependencies(!arguments.flag("--no-deps"))
        .withStart(!arguments.flag("--no-start"))
        .withRenewedVolumes(renews)
        .withTimeout(timeout(arguments));
  }

  static @Nullable Duration timeout(Arguments arguments) {
    return Operation.seconds("--timeout", arguments.number("--timeout"));
  }
}
