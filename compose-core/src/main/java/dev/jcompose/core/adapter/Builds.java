package dev.jcompose.core.adapter;

import dev.jcompose.core.adapter.build.Builder;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.login.Credentials;
import java.util.concurrent.atomic.AtomicReference;

/** Builds with what the engine has for that, and tells what happens. */
final class Builds {
  private final EngineClient client;
  private final Credentials credentials;
  private final String agent;

  /**
   * Builds through a client.
   *
   * @param agent socket of the user's ssh agent, empty when there is none
   */
  Builds(EngineClient client, Credentials credentials, String agent) {
    this.client = client;
    this.credentials = credentials;
    this.agent = agent;
  }

  String build(BuildSpec spec, BuildListener listener) {
    AtomicReference<String> image = new AtomicReference<>();
    Calls.run(
        () ->
            Builder.of(client, credentials, agent)
                .build(
                    spec,
                    event -> {
                      if (event instanceof BuildEvent.Built built) {
                        image.set(built.imageId());
                      } else {
                        tell(spec.service(), event, listener);
                      }
                    }));
    String id = image.get();
    if (id == null) {
      throw new EngineException(
          Reason.FAILED, "the engine ended the build of " + spec.service() + " without a word");
    }
    return id;
  }

  private static void tell(String service, BuildEvent event, BuildListener listener) {
    switch (event) {
      case BuildEvent.Begin begin ->
          listener.news(service, new BuildNews.Begin(begin.step(), begin.name(), begin.time()));
      case BuildEvent.Cached cached -> listener.news(service, new BuildNews.Cached(cached.step()));
      case BuildEvent.Output out ->
          listener.news(
              service, new BuildNews.Output(out.step(), out.error(), out.text(), out.time()));
      case BuildEvent.Done done ->
          listener.news(service, new BuildNews.Done(done.step(), done.time()));
      case BuildEvent.Failed failed ->
          listener.news(service, new BuildNews.Failed(failed.step(), failed.message()));
      case BuildEvent.Canceled canceled ->
          listener.news(service, new BuildNews.Canceled(canceled.step()));
      case BuildEvent.Warning warning ->
          listener.news(service, new BuildNews.Warning(warning.text()));
      case BuildEvent.Built _ -> throw new IllegalStateException("told by its caller");
      case BuildEvent.Broken broken -> {
        if (!broken.stateImage().isEmpty()) {
          listener.news(
              service,
              new BuildNews.Kept(broken.stateImage(), broken.workingDirectory(), broken.user()));
        }
        throw new EngineException(Reason.FAILED, service + ": " + broken.message());
      }
    }
  }
}
