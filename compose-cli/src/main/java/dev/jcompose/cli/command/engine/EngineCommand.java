package dev.jcompose.cli.command.engine;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.engine.EngineLauncher;
import dev.jcompose.cli.engine.EnginePlace;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** {@code engine start|stop|status|logs}. */
public final class EngineCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .operands("ACTION", "1..*", "start, stop, status or logs.")
        .note(
            "",
            "The engine starts by itself when a command needs it, and ends when it has been idle",
            "without containers for a while. Containers go on running without it.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
    List<String> words = arguments.operands();
    if (words.size() > 1) {
      throw UserError.usage(
          "jcompose engine "
              + words.get(0)
              + " takes nothing more; \""
              + words.get(1)
              + "\" is too much");
    }
    EnginePlace place = EnginePlace.of(session);
    EngineLauncher launcher = new EngineLauncher(place);
    return switch (words.get(0)) {
      case "start" -> {
        boolean started = launcher.ensureRunning();
        session
            .out()
            .println(
                (started
                        ? "The engine has started and answers at "
                        : "The engine already answers at ")
                    + place.socket());
        yield ExitCode.OK.code();
      }
      case "stop" -> {
        session.out().println(launcher.stop() ? "The engine has ended." : "No engine was running.");
        yield ExitCode.OK.code();
      }
      case "status" -> {
        boolean answers = launcher.answers();
        session
            .out()
            .println(
                answers
                    ? "The engine answers at "
                        + place.socket()
                        + launcher.pid().stream()
                            .mapToObj(pid -> " (process " + pid + ")")
                            .findFirst()
                            .orElse("")
                    : "No engine answers at "
                        + place.socket()
                        + "; jcompose engine start starts one");
        yield answers ? ExitCode.OK.code() : ExitCode.FAILURE.code();
      }
      case "logs" -> {
        if (!Files.exists(place.log())) {
          throw new UserError(
              ExitCode.FAILURE,
              "there is no engine log at " + place.log() + "; no engine has run there");
        }
        Files.copy(place.log(), session.out());
        yield ExitCode.OK.code();
      }
      default ->
          throw UserError.usage(
              "jcompose engine \""
                  + words.get(0)
                  + "\" is not known; write start, stop, status or logs");
    };
  }
}
