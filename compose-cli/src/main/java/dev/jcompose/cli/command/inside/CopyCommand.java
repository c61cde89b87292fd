package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cp}: into every container of a service, or out of its first one. */
public final class CopyCommand implements Command {
  /** One side: a path here when there is no service. */
  private record Side(@Nullable String service, String path) {
    static Side of(String word) {
      int colon = word.indexOf(':');
      boolean local = colon <= 0 || word.startsWith("/") || word.startsWith(".");
      return local
          ? new Side(null, word)
          : new Side(word.substring(0, colon), word.substring(colon + 1));
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Containers made by run too.", "--all")
        .flag(
            "Files belong to the container's user there, and keep their owners here.",
            "-a",
            "--archive")
        .flag("Copy what a symbolic link points to.", "-L", "--follow-link")
        .number("N", "Which replica, counted from 1.", "--index")
        .operands(
            "SOURCE DESTINATION",
            "2",
            "One of the two is SERVICE:PATH, the other a path here or - for a tar archive.");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    Side from = Side.of(arguments.operands().get(0));
    Side to = Side.of(arguments.operands().get(1));
    if ((from.service() == null) == (to.service() == null)) {
      throw UserError.usage(
          from.service() == null
              ? "neither \""
                  + from.path()
                  + "\" nor \""
                  + to.path()
                  + "\" is in a container; write SERVICE:PATH for one of them"
              : "copying from one container to another is not possible; copy to a folder here"
                  + " first");
    }
    ProjectContext context = ProjectContext.of(session, List.of());
    try (Engine engine = session.engine()) {
      boolean archive = arguments.flag("--archive");
      boolean follows = arguments.flag("--follow-link");
      if (from.service() != null) {
        ContainerView source = containers(engine, context, from.service(), arguments).getFirst();
        new CopyOut(engine, source, session).copy(from.path(), to.path(), archive, follows);
      } else if (to.service() != null) {
        for (ContainerView target : containers(engine, context, to.service(), arguments)) {
          new CopyIn(engine, target, session).copy(from.path(), to.path(), archive, follows);
        }
      }
    }
    return ExitCode.OK.code();
  }

  private static List<ContainerView> containers(
      Engine engine, ProjectContext context, String service, Arguments arguments) {
    int index = arguments.replica();
    List<ContainerView> containers =
        context.containers(engine, List.of(service), arguments.flag("--all")).stream()
            .filter(c -> index == 0 || c.label(Labels.NUMBER).equals(Integer.toString(index)))
            .toList();
    if (containers.isEmpty()) {
      throw new UserError(
          ExitCode.FAILURE,
          "service \""
              + service
              + "\" has no container"
              + (index == 0 ? "" : " number " + index)
              + "; jcompose create makes them");
    }
    return containers;
  }
}
