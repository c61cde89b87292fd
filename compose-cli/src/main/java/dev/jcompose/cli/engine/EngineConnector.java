package dev.jcompose.cli.engine;

import dev.jcompose.cli.session.Connector;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.adapter.EngineAdapter;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.IOException;
import java.nio.file.Path;

/** Connects to the engine of a session over its socket. */
public final class EngineConnector implements Connector {
  @Override
  public Engine engine(Session session) throws IOException, InterruptedException {
    return new EngineAdapter(
        client(session),
        new UserLogins(session.environment()),
        session.environment().getOrDefault("SSH_AUTH_SOCK", ""));
  }

  @Override
  public EngineClient client(Session session) throws IOException, InterruptedException {
    return new EngineClient(ready(session));
  }

  private static Path ready(Session session) throws IOException, InterruptedException {
    EnginePlace place = EnginePlace.of(session);
    EngineLauncher launcher = new EngineLauncher(place);
    // Asking for a ping as well would cost every command a call.
    if (!launcher.accepts()) {
      launcher.ensureRunning();
    }
    return place.socket();
  }
}
