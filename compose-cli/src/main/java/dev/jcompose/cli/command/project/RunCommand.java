package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.inside.Conversation;
import dev.jcompose.cli.command.inside.SignalProxy;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.OneOff;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.AttachRequest;
import dev.jcompose.core.port.stream.NextExit;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProgressEvent;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code run}: a command once, in a new container of a service. Ends with the exit code of the
 * command.
 */
public final class RunCommand implements Command {
  private static final int SLUG_BYTES = 6;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .list("CAPABILITY", "Give it a capability more; may be repeated.", "--cap-add")
        .list("CAPABILITY", "Take a capability away; may be repeated.", "--cap-drop")
        .flag("Run it in the background and print the container's id.", "-d", "--detach")
        .text("COMMAND", "Run this instead of the image's entrypoint.", "--entrypoint")
        .list("KEY=VALUE", "Set an environment variable; may be repeated.", "-e", "--env")
        .list("FILE", "Set the variables of a file; may be repeated.", "--env-from-file")
        .flag("Keep standard input open; on unless =false.", "-i", "--interactive")
        .list("KEY=VALUE", "Put a label on the container; may be repeated.", "-l", "--label")
        .text("NAME", "What the container is called.", "--name")
        .flag("Leave the services alone that this one depends on.", "--no-deps")
        .flag("No terminal, even when there is one here.", "-T", "--no-tty", "--no-TTY")
        .list("PORT", "Publish a port, such as 8080:80; may be repeated.", "-p", "--publish")
        .flag("Show no progress.", "-q", "--quiet")
        .flag("Remove the container when it has ended.", "--rm")
        .flag("Publish the ports of the service.", "-P", "--service-ports")
        .flag("A terminal; on when there is one here.", "-t", "--tty")
        .flag("Be found under the service's names.", "--use-aliases")
        .text("USER", "Run it as this user.", "-u", "--user")
        .list("VOLUME", "Mount something more, such as ./data:/data.", "-v", "--volume")
        .text("DIR", "Run it in this directory of the container.", "-w", "--workdir")
        .stopAtOperand();
    Making.describeImages(syntax);
    syntax
        .flag("Remove containers of services that are not in the file.", "--remove-orphans")
        .operands("SERVICE COMMAND", "1..*", "The service, then the command and its arguments.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    Making.exclude(arguments, "--tty", "--no-TTY");
    if (arguments.flag("--service-ports") && !arguments.list("--publish").isEmpty()) {
      throw UserError.usage(
          "--service-ports and --publish contradict each other; drop one of them");
    }
    boolean detach = arguments.flag("--detach");
    boolean stdin = arguments.flag("--interactive", true) && !detach;
    boolean terminalHere = Terminal.isInput() && Terminal.isOutput();
    boolean tty = !arguments.flag("--no-TTY") && arguments.flag("--tty", terminalHere && !detach);
    String service = arguments.operands().getFirst();
    List<String> command = arguments.operands().subList(1, arguments.operands().size());
    Project project =
        load(
            session,
            service,
            new RunOverride(arguments, session).yaml(service, command, tty, stdin));
    OneOff oneOff = oneOff(arguments, session, project, service, stdin);
    DesiredState desired = Making.desired(arguments, session, project).running(oneOff);
    try (Engine engine = session.engine()) {
      if (session.options().dryRun()) {
        return Operation.foretell(
            session,
            engine,
            project,
            desired,
            options(arguments, session, service),
            arguments.flag("--build"));
      }
      Building.before(session, engine, project, desired, arguments);
      Outcome made =
          Operation.run(
              session,
              engine,
              "run",
              null,
              shown(arguments),
              reconciler -> reconciler.up(desired, options(arguments, session, service)));
      int status = Operation.report(session, made);
      if (status != ExitCode.OK.code()) {
        return status;
      }
      DesiredService target = Objects.requireNonNull(desired.services().get(service));
      return detach
          ? background(session, engine, target, oneOff)
          : foreground(session, engine, target, oneOff, stdin);
    }
  }

  private static Project load(Session session, String service, String override)
      throws ComposeException {
    try {
      return ProjectContext.load(session, List.of(service), override);
    } catch (ComposeException e) {
      // The override itself makes a service that is not in the files look like an odd one.
      ProjectContext.load(session, List.of(service));
      throw e;
    }
  }

  private static OneOff oneOff(
      Arguments arguments, Session session, Project project, String service, boolean stdin) {
    byte[] random = new byte[SLUG_BYTES];
    new SecureRandom().nextBytes(random);
    String slug = HexFormat.of().formatHex(random);
    return new OneOff(
        service,
        slug,
        arguments.text("--name", name(project, service, ProjectContext.separator(session), slug)),
        arguments.list("--cap-add"),
        arguments.list("--cap-drop"),
        arguments.flag("--use-aliases"),
        stdin,
        arguments.flag("--rm"));
  }

  private static String name(Project project, String service, String separator, String slug) {
    return project.name() + separator + service + separator + "run" + separator + slug;
  }

  private static UpOptions options(Arguments arguments, Session session, String service) {
    return Making.options(arguments, session)
        .withTargets(Set.of(service))
        .withDependencies(!arguments.flag("--no-deps"))
        .withStart(true)
        .withHeld(Set.of(service));
  }

  private static Predicate<ProgressEvent> shown(Arguments arguments) {
    boolean quiet = arguments.flag("--quiet");
    return quiet ? event -> false : Making.shown(arguments);
  }

  private static int background(
      Session session, Engine engine, DesiredService service, OneOff oneOff) {
    Outcome started =
        Operation.reconciler(session, engine, event -> {}).startHeld(service, oneOff.name());
    String id = engine.container(oneOff.name()).map(ContainerView::id).orElse(oneOff.name());
    int status = Operation.report(session, started);
    session.out().println(id);
    return status;
  }

  private static int foreground(
      Session session, Engine engine, DesiredService service, OneOff oneOff, boolean stdin)
      throws IOException, InterruptedException {
    AttachRequest request = new AttachRequest(stdin, true, false, null);
    try (NextExit exit = engine.nextExit(oneOff.name());
        var process = engine.attach(oneOff.name(), request)) {
      Outcome started =
          Operation.reconciler(session, engine, event -> {}).startHeld(service, oneOff.name());
      // A command may be over before a hook has begun; then its own code says how it went.
      boolean over = started.started().containsKey(oneOff.name()) && !engine.isUp(oneOff.name());
      if (!started.failures().isEmpty() && !over) {
        return Operation.report(session, started);
      }
      if (!process.tty()) {
        SignalProxy.to(engine, oneOff.name());
      }
      new Conversation(process, session).talk(stdin);
      boolean detached = process.tty() && engine.isUp(oneOff.name());
      return detached ? ExitCode.OK.code() : exit.await();
    }
  }
}
