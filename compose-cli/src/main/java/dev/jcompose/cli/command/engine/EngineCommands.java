package dev.jcompose.cli.command.engine;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.CommandGroup.Member;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.engine.EngineLauncher;
import dev.jcompose.cli.engine.EnginePlace;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** {@code engine start|stop|status|logs}. */
public final class EngineCommands {
  private EngineCommands() {}

  /** The group. */
  public static CommandGroup group() {
    return new CommandGroup(
        "jcompose engine",
        List.of(
            new Member("start", "Start the engine, unless it runs", Start::new),
            new Member("stop", "End the engine; containers go on", Stop::new),
            new Member("status", "Say whether the engine answers", Status::new),
            new Member("logs", "Show what the engine has written", EngineLogCommand::new)),
        List.of(
            "The engine starts by itself when a command needs it, and ends when it has been idle",
            "without containers for a while. Containers go on running without it."));
  }

  private static final class Start implements Command {
    @Override
    public void describe(Syntax syntax) {}

    @Override
    public boolean refusesDryRun() {
      return true;
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
      EnginePlace place = EnginePlace.of(session);
      boolean started = new EngineLauncher(place).ensureRunning();
      session
          .out()
          .println(
              (started ? "The engine has started and answers at " : "The engine answers at ")
                  + place.socket());
      return ExitCode.OK.code();
    }
  }

  private static final class Stop implements Command {
    @Override
    public void describe(Syntax syntax) {}

    @Override
    public boolean refusesDryRun() {
      return true;
    }

    @Override
    public int run(Arguments arguments, Session session) throws InterruptedException {
      boolean stopped = new EngineLauncher(EnginePlace.of(session)).stop();
      session.out().println(stopped ? "The engine has ended." : "No engine was running.");
      return ExitCode.OK.code();
    }
  }

  /** Fails when no engine answers, so that scripts can ask. */
  private static final class Status implements Command {
    @Override
    public void describe(Syntax syntax) {}

    @Override
    public int run(Arguments arguments, Session session) {
      EnginePlace place = EnginePlace.of(session);
      EngineLauncher launcher = new EngineLauncher(place);
      if (!launcher.answers()) {
        session
            .out()
            .println(
                "No engine answers at " + place.socket() + "; jcompose engine start starts it.");
        return ExitCode.FAILURE.code();
      }
      OptionalLong pid = launcher.pid();
      session
          .out()
          .println(
              "The engine answers at "
                  + place.socket()
                  + (pid.isPresent() ? " (process " + pid.getAsLong() + ")." : "."));
      return ExitCode.OK.code();
    }
  }
}
