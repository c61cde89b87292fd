package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.core.load.RemoteFiles;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.api.login.LoginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Projects that were published to a registry, brought into the user's cache through the engine,
 * which knows registries. Each version has a folder of its own, named by its digest.
 */
final class PublishedProjects implements RemoteFiles {
  private final Session session;

  PublishedProjects(Session session) {
    this.session = session;
  }

  @Override
  public Path fetch(String reference) throws IOException {
    try (EngineClient client = session.client()) {
      JsonObject project =
          client
              .images()
              .published(reference, DockerConfig.load(session.environment()).credential(reference));
      return write(reference, project);
    } catch (ApiException | LoginException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Path write(String reference, JsonObject project) throws IOException {
    String digest = project.string("Digest");
    Path folder =
        cache().resolve(digest.substring(digest.indexOf(':') + 1)).resolve(name(reference));
    Path main = folder.resolve("compose.yaml");
    Files.createDirectories(folder);
    StringBuilder compose = new StringBuilder();
    for (JsonObject file : project.objects("Files")) {
      if (file.string("Kind").equals("COMPOSE")) {
        // What lies over the first file is one more document of it.
        compose.append(compose.isEmpty() ? "" : "\n---\n").append(file.string("Text"));
      } else {
        Files.writeString(folder.resolve(file.string("Name")), file.string("Text"));
      }
    }
    Files.writeString(main, compose);
    return main;
  }

  private Path cache() {
    String cache = session.environment().get("XDG_CACHE_HOME");
    String home = session.environment().get("HOME");
    Path base =
        cache != null && cache.startsWith("/")
            ? Path.of(cache)
            : Path.of(home == null ? "/root" : home, ".cache");
    return base.resolve("jcompose/oci");
  }

  /** The last part of a repository, by which the project is called when it has no name. */
  private static String name(String reference) {
    String path = reference;
    int at = path.indexOf('@');
    path = at < 0 ? path : path.substring(0, at);
    path = path.substring(path.lastIndexOf('/') + 1);
    int colon = path.indexOf(':');
    return colon < 0 ? path : path.substring(0, colon);
  }
}
