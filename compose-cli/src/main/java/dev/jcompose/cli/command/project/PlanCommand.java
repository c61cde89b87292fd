package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.plan.SavedPlan;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.PlanJson;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code plan}: what {@code up} would change, and why. Changes nothing. */
public final class PlanCommand implements Command {
  /** As with other programs that plan: 0 nothing to do, 1 an error, 2 something to do. */
  private static final int SOMETHING_TO_DO = 2;

  @Override
  public void describe(Syntax syntax) {
    Making.describe(syntax);
    UpCommand.describeChanges(syntax);
    syntax
        .text("FORMAT", "text, or json for programs.", "--format")
        .text("FILE", "Also write the plan to FILE, for jcompose apply.", "-o", "--output")
        .note("Ends with 0 when nothing would be changed, with 2 when something would.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String format = arguments.text("--format", "text");
    if (!List.of("text", "json").contains(format)) {
      throw UserError.usage("--format \"" + format + "\" is not known; write text or json");
    }
    Project project = ProjectContext.load(session, arguments.operands());
    DesiredState desired = Making.desired(arguments, session, project);
    Plan plan;
    try (Engine engine = session.engine()) {
      plan =
          Operation.reconciler(session, engine, event -> {})
              .foresee(
                  project,
                  desired,
                  UpCommand.changes(arguments, session),
                  UpCommand.buildsAll(arguments));
    }
    String output = arguments.text("--output");
    if (output != null) {
      save(session, output, SavedPlan.text(project.name(), words(arguments), plan));
    }
    if (format.equals("json")) {
      session.out().print(PlanJson.of(plan));
    } else {
      session.out().print(plan.text());
      if (plan.isEmpty()) {
        session.out().println("Nothing to do: all is as the Compose file says.");
      }
    }
    return plan.isEmpty() ? ExitCode.OK.code() : SOMETHING_TO_DO;
  }

  private static List<String> words(Arguments arguments) {
    return arguments.words(Set.of("--format", "--output"));
  }

  private static void save(Session session, String output, String text) {
    Path file = session.directory().resolve(output);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.FAILURE, "--output " + output + " cannot be written; name another file", e);
    }
  }
}
