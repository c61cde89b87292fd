package dev.jcompose.cli.command.build;

import dev.jcompose.cli.command.inside.Conversation;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.build.BuildNews;
import dev.jcompose.core.port.stream.AttachRequest;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;

/**
 * A shell in the state before a command that failed. Its container and the image of the state go
 * when it ends.
 */
final class DebugShell {
  private final Session session;
  private final Engine engine;

  DebugShell(Session session, Engine engine) {
    this.session = session;
    this.engine = engine;
  }

  /** Opens it, and talks until it ends. Without a terminal its commands come from the input. */
  void open(BuildNews.Kept state) throws IOException, InterruptedException {
    session
        .err()
        .println(
            "This is the state before the failed command, in "
                + state.workingDirectory()
                + "; leave it with exit");
    boolean tty = Terminal.isInput() && Terminal.isOutput();
    try (EngineClient client = session.client()) {
      JsonObject container =
          JsonObject.builder()
              .put("Image", state.image())
              .put("Tty", tty)
              .put("OpenStdin", true)
              .put("StdinOnce", true)
              .put("AttachStdin", true)
              .put("AttachStdout", true)
              .put("AttachStderr", true)
              .build();
      String id = client.post(Query.path("containers", "create"), () -> container).string("Id");
      try (var process = engine.attach(id, new AttachRequest(true, true, false, null))) {
        client.containers().start(id);
        new Conversation(process, session).talk(true);
      } finally {
        client.containers().remove(id, true, true);
        client.images().remove(state.image(), true);
      }
    }
  }
}
