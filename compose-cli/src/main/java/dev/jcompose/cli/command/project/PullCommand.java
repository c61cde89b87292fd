package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.PullOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.reconcile.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code pull}. */
public final class PullCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Leave out the images that can be built.", "--ignore-buildable")
        .flag("Fetch what can be fetched and do not fail over the rest.", "--ignore-pull-failures")
        .flag("Also the images of services that these depend on.", "--include-deps")
        .text("WHEN", "Fetch images: always or missing.", "--policy")
        .flag("Show no progress.", "-q", "--quiet")
        .hidden("--parallel", "--no-parallel")
        .operands("SERVICE", "0..*", "Only the images of these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    Optional<PullPolicy.Kind> policy = policy(arguments.text("--policy", ""));
    List<String> services = arguments.operands();
    Project project = ProjectContext.load(session, services);
    DesiredState desired = Operation.desired(session, project);
    PullOptions options =
        new PullOptions(
            arguments.flag("--include-deps") ? Set.of() : Set.copyOf(services),
            policy,
            arguments.flag("--ignore-buildable"));
    try (Engine engine = session.engine()) {
      boolean quiet = arguments.flag("--quiet");
      Outcome outcome =
          Operation.run(
              session,
              engine,
              "pull",
              null,
              event -> !quiet,
              reconciler -> reconciler.pull(desired, options));
      return report(session, project, outcome, arguments.flag("--ignore-pull-failures"));
    }
  }

  private static Optional<PullPolicy.Kind> policy(String text) {
    return switch (text) {
      case "" -> Optional.empty();
      case "always" -> Optional.of(PullPolicy.Kind.ALWAYS);
      case "missing" -> Optional.of(PullPolicy.Kind.MISSING);
      default ->
          throw UserError.usage("--policy \"" + text + "\" is not known; write always or missing");
    };
  }

  /**
   * What cannot be fetched and can be built is no failure: {@code build} or {@code up} makes it.
   */
  private static int report(Session session, Project project, Outcome outcome, boolean ignore) {
    if (outcome.cancelled()) {
      return Operation.report(session, outcome);
    }
    List<Outcome.Failure> failures =
        outcome.failures().stream().filter(failure -> !isBuilt(project, failure.id())).toList();
    outcome.failures().stream()
        .filter(failure -> ignore || isBuilt(project, failure.id()))
        .forEach(
            failure ->
                session
                    .err()
                    .println(
                        "Warning: "
                            + failure.text()
                            + (isBuilt(project, failure.id())
                                ? "; `jcompose build` can make it"
                                : "")));
    return Operation.report(
        session,
        new Outcome(
            ignore ? List.of() : failures,
            outcome.warnings(),
            false,
            outcome.started(),
            outcome.timings()));
  }

  private static boolean isBuilt(Project project, String id) {
    return project.services().values().stream()
        .filter(service -> service.build() != null)
        .map(Service::image)
        .anyMatch(image -> id.equals("Image " + image));
  }
}
