package dev.jcompose.engine.registry;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.registry.auth.Authorization;
import dev.jcompose.engine.registry.auth.Scope;
import dev.jcompose.engine.registry.auth.TokenService;
import dev.jcompose.engine.registry.call.Connection;
import dev.jcompose.engine.registry.call.Pause;
import dev.jcompose.engine.registry.call.Repository;
import dev.jcompose.engine.registry.host.Endpoint;
import dev.jcompose.engine.registry.host.Endpoints;
import dev.jcompose.engine.registry.host.HttpClients;
import dev.jcompose.engine.registry.host.RegistrySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All registries, as the machine's settings let this engine reach them. */
public final class Registries {
  /** Reads the settings anew for each pull and push, so that a change needs no restart. */
  @FunctionalInterface
  public interface SettingsSource {
    /**
     * The settings now.
     *
     * @throws ImageException when they make no sense
     */
    RegistrySettings read() throws ImageException;
  }

  private final SettingsSource settings;
  private final Pause pause;
  private final HttpClients clients = new HttpClients();
  private final TokenService tokens = new TokenService();

  /**
   * @param pause how time passes between attempts
   */
  public Registries(SettingsSource settings, Pause pause) {
    this.settings = settings;
    this.pause = pause;
  }

  /** The settings now. */
  public RegistrySettings settings() throws ImageException {
    return settings.read();
  }

  /** Where to read a repository, best first. */
  public Sources toRead(Reference reference, Credential credential) throws ImageException {
    RegistrySettings now = settings.read();
    return new Sources(
        repositories(
            Endpoints.toRead(reference.domain(), now),
            now,
            reference.path(),
            List.of(Scope.pull(reference.path())),
            credential));
  }

  /**
   * Where to write a repository.
   *
   * @param from paths of repositories of the same registry that blobs may be taken over from
   */
  public Sources toWrite(Reference reference, Credential credential, List<String> from)
      throws ImageException {
    RegistrySettings now = settings.read();
    List<Scope> scopes = new ArrayList<>();
    scopes.add(Scope.push(reference.path()));
    from.forEach(path -> scopes.add(Scope.pull(path)));
    return new Sources(
        repositories(
            Endpoints.toWrite(reference.domain(), now), now, reference.path(), scopes, credential));
  }

  private List<Repository> repositories(
      List<Endpoint> endpoints,
      RegistrySettings now,
      String path,
      List<Scope> scopes,
      Credential credential)
      throws ImageException {
    List<Repository> repositories = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      try {
        Authorization authorization =
            new Authorization(
                tokens,
                clients.client(endpoint, now),
                endpoint.mirror() ? Credential.NONE : credential,
                scopes,
                endpoint.secure());
        repositories.add(
            new Repository(new Connection(endpoint, now, clients, authorization, pause), path));
      } catch (IOException e) {
        throw new ImageException(ImageException.Kind.INVALID, String.valueOf(e.getMessage()), e);
      }
    }
    return repositories;
  }

  /**
   * Shows a registry a login.
   *
   * @throws ImageException of kind DENIED when it does not take it
   */
  public void login(String domain, Credential credential)
      throws ImageException, InterruptedException {
    RegistrySettings now = settings.read();
    Sources sources =
        new Sources(repositories(Endpoints.toWrite(domain, now), now, "", List.of(), credential));
    sources.first(
        repository -> {
          repository.connection().ping();
          return true;
        });
  }
}
