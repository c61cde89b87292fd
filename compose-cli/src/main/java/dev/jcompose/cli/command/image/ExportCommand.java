package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.transport.Answer;
import java.util.List;

/** {@code export}: the files of a service's container as a tar archive. */
public final class ExportCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .number("N", "Which container of the service, counted from 1.", "--index")
        .text("FILE", "Where the archive goes; standard output without it.", "-o", "--output")
        .operands("SERVICE", "1", "The service.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ArchiveFile output = ArchiveFile.of(session, arguments.text("--output"), "jcompose export");
    ProjectContext context = ProjectContext.of(session, List.of());
    Integer index = arguments.number("--index");
    String container;
    try (Engine engine = session.engine()) {
      container =
          context
              .replicaInAnyState(
                  engine, arguments.operands().getFirst(), index == null ? 0 : Math.max(0, index))
              .id();
    }
    try (EngineClient client = session.client();
        Answer archive = client.containers().export(container)) {
      output.write(archive.body());
    }
    return ExitCode.OK.code();
  }
}
