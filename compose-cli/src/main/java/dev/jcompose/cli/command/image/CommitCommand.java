package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.util.List;

/** {@code commit}: an image of a service's container. */
public final class CommitCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("NAME", "Who made it.", "-a", "--author")
        .list(
            "INSTRUCTION",
            "A Dockerfile instruction such as 'ENV A=b'; may be repeated.",
            "-c",
            "--change")
        .number("N", "Which container of the service, counted from 1.", "--index")
        .text("TEXT", "A comment for the image's history.", "-m", "--message")
        .flag("Freeze the container meanwhile; on unless =false.", "-p", "--pause")
        .operands("SERVICE NAME", "1..2", "The service, then the image's name[:tag].");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    List<String> words = arguments.operands();
    ProjectContext context = ProjectContext.of(session, List.of());
    Integer index = arguments.number("--index");
    String container;
    try (Engine engine = session.engine()) {
      container =
          context
              .replicaInAnyState(engine, words.getFirst(), index == null ? 0 : Math.max(0, index))
              .id();
    }
    try (EngineClient client = session.client()) {
      session
          .out()
          .println(
              client
                  .images()
                  .commit(
                      container,
                      words.size() > 1 ? words.get(1) : null,
                      arguments.text("--author"),
                      arguments.text("--message"),
                      arguments.list("--change"),
                      arguments.flag("--pause", true)));
    }
    return ExitCode.OK.code();
  }
}
