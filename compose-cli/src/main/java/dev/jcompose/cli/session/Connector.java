package dev.jcompose.cli.session;

import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.IOException;

/** Finds the engine a session works with, starting it when that is ours to do. */
public interface Connector {
  /**
   * Connects.
   *
   * @throws UserError when there is no engine and none can be started
   */
  Engine engine(Session session) throws IOException, InterruptedException;

  /**
   * Connects for calls that core does not need, such as those about images; throws as {@link
   * #engine}.
   */
  EngineClient client(Session session) throws IOException, InterruptedException;
}
