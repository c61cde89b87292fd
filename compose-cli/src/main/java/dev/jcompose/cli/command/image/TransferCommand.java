package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.api.login.LoginException;

/** {@code image pull} and {@code image push}, one line for each step of a layer. */
final class TransferCommand implements Command {
  private final boolean pulls;

  TransferCommand(boolean pulls) {
    this.pulls = pulls;
  }

  @Override
  public void describe(Syntax syntax) {
    if (pulls) {
      syntax.text("OS/ARCH", "The platform to take out of an index.", "--platform");
    }
    syntax
        .flag("Print only the names.", "-q", "--quiet")
        .operands("IMAGE", "1..*", "Names, with tag or digest.");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    try (EngineClient client = session.client()) {
      Credentials credentials = DockerConfig.load(session.environment());
      for (String image : arguments.operands()) {
        Credential credential = credentials.forImage(image);
        try (JsonLines lines =
            pulls
                ? client.images().pull(image, tag(image), platform(arguments), credential)
                : client.images().push(image, tag(image), credential)) {
          print(lines, session, arguments.flag("--quiet"));
        }
        if (arguments.flag("--quiet")) {
          session.out().println(image);
        }
      }
    } catch (LoginException e) {
      throw new UserError(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK.code();
  }

  private static String platform(Arguments arguments) {
    return arguments.text("--platform", "");
  }

  /** Without a tag the API means all of them. */
  private static String tag(String image) {
    boolean has = image.indexOf('@') >= 0 || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
    return has ? "" : "latest";
  }

  private static void print(JsonLines lines, Session session, boolean quiet) {
    for (JsonObject line = lines.next(); line != null; line = lines.next()) {
      String error = line.string("error");
      if (!error.isEmpty()) {
        throw new UserError(ExitCode.FAILURE, error);
      }
      String status = line.string("status");
      boolean counts = line.object("progressDetail").number("total") > 0;
      if (!quiet && !counts && !status.isEmpty()) {
        String id = line.string("id");
        session.out().println(id.isEmpty() ? status : id + ": " + status);
      }
    }
  }
}
