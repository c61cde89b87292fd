package dev.jcompose.core.adapter;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.build.ImageBuild;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds through the call that reads a folder of this machine in place. */
final class Builds {
  private static final int NO_SUCH_CALL = 404;

  private final EngineClient client;
  private final String agent;

  /**
   * Builds through a client.
   *
   * @param agent socket of the user's ssh agent, empty when there is none
   */
  Builds(EngineClient client, String agent) {
    this.client = client;
    this.agent = agent;
  }

  String build(BuildSpec spec, BuildListener listener) {
    ImageBuild request = request(spec);
    return Calls.call(
        () -> {
          String image = null;
          try (JsonLines lines = lines(request, spec)) {
            for (JsonObject line = lines.next(); line != null; line = lines.next()) {
              BuildEvent event = BuildEvent.of(line);
              if (event instanceof BuildEvent.Built built) {
                image = built.imageId();
              } else {
                tell(spec.service(), event, listener);
              }
            }
          }
          if (image == null) {
            throw new EngineException(
                Reason.FAILED,
                "the engine ended the build of " + spec.service() + " without a word");
          }
          return image;
        });
  }

  private JsonLines lines(ImageBuild request, BuildSpec spec) {
    try {
      return client.builds().build(request);
    } catch (ApiException refused) {
      if (refused.status() != NO_SUCH_CALL || !"page not found".equals(refused.getMessage())) {
        throw refused;
      }
      throw new EngineException(
          Reason.UNSUPPORTED,
          "this engine is not jcompose's and does not build for jcompose; run docker build -t "
              + spec.image()
              + " "
              + spec.context()
              + " first",
          refused);
    }
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

  private ImageBuild request(BuildSpec spec) {
    Map<String, String> secrets = new LinkedHashMap<>();
    spec.secrets()
        .forEach(
            (id, secret) ->
                secrets.put(id, Base64.getEncoder().encodeToString(content(id, secret))));
    Map<String, String> agents = new LinkedHashMap<>();
    spec.ssh().forEach((id, path) -> agents.put(id, socket(id, path)));
    String dockerfile = spec.dockerfile();
    String network = spec.sandbox().network();
    BuildSpec.Sandbox sandbox = spec.sandbox();
    return new ImageBuild(
        spec.service(),
        spec.context(),
        dockerfile == null ? "" : Path.of(spec.context()).resolve(dockerfile).toString(),
        spec.inline(),
        spec.args(),
        spec.contexts(),
        orEmpty(spec.target()),
        spec.labels(),
        spec.tags(),
        spec.caching().none(),
        spec.caching().noneFor(),
        spec.caching().pull(),
        spec.caching().from(),
        spec.caching().to(),
        new ImageBuild.Sandbox(
            orEmpty(network),
            sandbox.extraHosts(),
            sandbox.shmBytes(),
            sandbox.ulimits(),
            sandbox.memoryBytes(),
            sandbox.privileged(),
            sandbox.entitlements(),
            sandbox.keepFailed()),
        secrets,
        agents,
        orEmpty(spec.platform()),
        spec.checkOnly());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] content(String id, BuildSpec.Secret secret) {
    return switch (secret) {
      case BuildSpec.Secret.Content content -> content.text().getBytes(StandardCharsets.UTF_8);
      case BuildSpec.Secret.File file -> {
        try {
          yield Files.readAllBytes(Path.of(file.path()));
        } catch (IOException e) {
          throw new EngineException(
              Reason.INVALID, "secret " + id + ": cannot read " + file.path() + ": " + e, e);
        }
      }
    };
  }

  private String socket(String id, String path) {
    String socket = path.isEmpty() ? agent : path;
    if (socket.isEmpty()) {
      throw new EngineException(
          Reason.INVALID,
          "ssh " + id + ": SSH_AUTH_SOCK is not set; start an agent with eval $(ssh-agent)");
    }
    Path file = Path.of(socket).toAbsolutePath();
    if (Files.isRegularFile(file)) {
      throw new EngineException(
          Reason.UNSUPPORTED,
          "ssh "
              + id
              + ": "
              + socket
              + " is a key and not the socket of an agent; add it with ssh-add and write "
              + id
              + " alone");
    }
    return file.toString();
  }
}
