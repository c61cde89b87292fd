package dev.jcompose.cli.command.engine;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.engine.EnginePlace;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

/** {@code engine logs}: the file the engine writes to. */
final class EngineLogCommand implements Command {
  private static final long LOOK_AGAIN_MILLIS = 200;

  @Override
  public void describe(Syntax syntax) {
    syntax.flag("Go on until Ctrl-C.", "-f", "--follow");
  }

  @Override
  public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
    EnginePlace place = EnginePlace.of(session);
    if (!Files.exists(place.log())) {
      throw new UserError(
          ExitCode.FAILURE,
          "there is no engine log at " + place.log() + "; no engine has been started there");
    }
    try (InputStream log = Files.newInputStream(place.log())) {
      log.transferTo(session.out());
      session.out().flush();
      while (arguments.flag("--follow")) {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        log.transferTo(session.out());
        session.out().flush();
      }
    }
    return ExitCode.OK.code();
  }
}
