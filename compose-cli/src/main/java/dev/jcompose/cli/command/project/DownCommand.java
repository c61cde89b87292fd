package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.plan.DownOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProjectScope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code down}. */
public final class DownCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Containers of services that are no longer in the file too.", "--remove-orphans")
        .text("WHICH", "Images too: all, or local for those without a name in the file.", "--rmi")
        .number(
            "SECONDS",
            "How long a container may take to stop before it is killed.",
            "-t",
            "--timeout")
        .flag("Named volumes of the file and anonymous ones too.", "-v", "--volumes")
        .operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    DownOptions options =
        new DownOptions(
            Set.copyOf(arguments.operands()),
            arguments.flag("--remove-orphans", Setting.REMOVE_ORPHANS.isOn(session.environment())),
            arguments.flag("--volumes"),
            images(arguments.text("--rmi")),
            Operation.seconds("--timeout", arguments.number("--timeout")));
    ProjectContext context = ProjectContext.of(session, List.of());
    ProjectScope scope = Operation.scope(session, context);
    try (Engine engine = session.engine()) {
      if (!arguments.operands().isEmpty()) {
        // Only to find out about a service that nobody knows.
        context.containers(engine, arguments.operands(), true);
      }
      Outcome outcome =
          Operation.run(session, engine, "down", reconciler -> reconciler.down(scope, options));
      return Operation.report(session, outcome);
    }
  }

  private static DownOptions.Images images(@Nullable String word) {
    return switch (word) {
      case null -> DownOptions.Images.NONE;
      case "local" -> DownOptions.Images.LOCAL;
      case "all" -> DownOptions.Images.ALL;
      default ->
          throw UserError.usage(
              "jcompose down --rmi \"" + word + "\" is not known; write local or all");
    };
  }
}
