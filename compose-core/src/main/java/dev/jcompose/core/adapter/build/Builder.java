package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.login.Credentials;
import java.util.function.Consumer;

/** What builds images in an engine. */
public sealed interface Builder permits OwnBuilder, ClassicBuilder {
  /**
   * Builds an image.
   *
   * @param events takes what happens, in order; the last is {@link BuildEvent.Built} or {@link
   *     BuildEvent.Broken}
   * @throws dev.jcompose.core.port.EngineException when the engine cannot do what is asked for;
   *     nothing has happened then
   */
  void build(BuildSpec spec, Consumer<BuildEvent> events);

  /**
   * The builder of an engine: only jcompose's has the route that tells of it, and only that one can
   * be shown paths and secrets of this machine.
   *
   * @param credentials what registries are shown by engines that do not read the user's logins
   * @param agent socket of the user's ssh agent, empty when there is none
   */
  static Builder of(EngineClient client, Credentials credentials, String agent) {
    return client.isOwn()
        ? new OwnBuilder(client, agent)
        : new ClassicBuilder(client, credentials, System::currentTimeMillis);
  }
}
