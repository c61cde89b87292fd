package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.Verb;
import dev.jcompose.cli.command.project.DownCommand;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** {@code wait}: returns when containers have ended, with the last one's exit code. */
public final class WaitCommand implements Command {
  private record Ending(String container, int exitCode, @Nullable RuntimeException problem) {}

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Take the project down when the first container ends.", "--down-project")
        .operands("SERVICE", "1..*", "The services to wait for.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    boolean takesDown = arguments.flag("--down-project");
    ProjectContext context = ProjectContext.of(session, List.of());
    int exitCode = ExitCode.OK.code();
    try (Engine engine = session.engine()) {
      List<ContainerView> containers = context.containers(engine, arguments.operands(), false);
      if (containers.isEmpty()) {
        throw new UserError(
            ExitCode.FAILURE,
            "there is no container of "
                + String.join(", ", arguments.operands())
                + " to wait for; jcompose up -d makes them");
      }
      BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
      containers.forEach(c -> Thread.ofVirtual().start(() -> endings.add(await(engine, c))));
      for (int left = takesDown ? 1 : containers.size(); left > 0; left--) {
        Ending ending = endings.take();
        if (ending.problem() != null) {
          throw ending.problem();
        }
        session
            .out()
            .println(
                "container \""
                    + ending.container()
                    + "\" exited with status code "
                    + ending.exitCode());
        exitCode = ending.exitCode();
      }
    }
    if (takesDown) {
      Invocation.run("jcompose down", Verb.DOWN.sentence(), new DownCommand(), List.of(), session);
    }
    return exitCode;
  }

  private static Ending await(Engine engine, ContainerView container) {
    try {
      return new Ending(container.name(), engine.awaitExit(container.id()), null);
    } catch (RuntimeException e) {
      return new Ending(container.name(), 0, e);
    }
  }
}
