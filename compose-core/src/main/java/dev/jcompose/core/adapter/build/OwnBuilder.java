package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.build.ImageBuild;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.fetch.Contexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds through the call that reads a folder of this machine in place. */
final class OwnBuilder implements Builder {
  private final EngineClient client;
  private final String agent;

  /**
   * Builds through a client.
   *
   * @param agent socket of the user's ssh agent, empty when there is none
   */
  OwnBuilder(EngineClient client, String agent) {
    this.client = client;
    this.agent = agent;
  }

  @Override
  public void build(BuildSpec spec, Consumer<BuildEvent> events) {
    try (JsonLines lines = client.builds().build(request(spec))) {
      for (JsonObject line = lines.next(); line != null; line = lines.next()) {
        events.accept(BuildEvent.of(line));
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
    String network = spec.sandbox().network();
    BuildSpec.Sandbox sandbox = spec.sandbox();
    return new ImageBuild(
        spec.service(),
        spec.context(),
        dockerfile(spec),
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

  private static String dockerfile(BuildSpec spec) {
    String dockerfile = spec.dockerfile();
    if (dockerfile == null) {
      return "";
    }
    return Contexts.isRemote(spec.context())
        ? dockerfile
        : Path.of(spec.context()).resolve(dockerfile).toString();
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
