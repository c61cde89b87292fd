package dev.jcompose.engine.http.routes.registry;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.ProgressStream;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.TransferViews;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.artifact.ProjectArtifacts;
import dev.jcompose.engine.image.artifact.ProjectFile;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.image.transfer.PushRequest;
import dev.jcompose.engine.image.transfer.TransferEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Pull, push, and what else needs a registry. */
public final class RegistryRoutes {
  private static final String DOCKER_HUB_HOST = "index.docker.io";

  private final ImageTransfers transfers;

  /** Routes that these services answer. */
  public RegistryRoutes(EngineServices services) {
    this.transfers = services.transfers();
  }

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/images/{name...}/push", this::push),
        Route.of("GET", "/distribution/{name...}/json", this::look),
        Route.of("PUT", "/jcompose/projects/{name...}", this::publish),
        Route.of("GET", "/jcompose/projects/{name...}", this::published),
        Route.of("POST", "/auth", this::login));
  }

  /** Work that tells about its progress. */
  @FunctionalInterface
  private interface Transfer {
    void run(Consumer<TransferEvent> listener) throws ImageException, InterruptedException;
  }

  /** {@code POST /images/create} with {@code fromImage}. */
  public void pull(Exchange exchange) throws IOException, ImageException {
    Parameters query = exchange.request().query();
    String tag = query.string("tag");
    String name = query.string("fromImage");
    Reference reference =
        Reference.parse(
            tag.isEmpty() ? name : name + (tag.startsWith("sha256:") ? "@" : ":") + tag);
    String platform = query.string("platform");
    PullRequest request =
        new PullRequest(
            reference, platform.isEmpty() ? null : Platform.parse(platform), credential(exchange));
    transfer(exchange, listener -> transfers.pull(request, listener));
  }

  private void push(Exchange exchange) throws IOException, ImageException {
    String tag = exchange.request().query().string("tag");
    String name = exchange.request().variable("name");
    Reference reference = Reference.parse(tag.isEmpty() ? name : name + ":" + tag);
    PushRequest request = new PushRequest(reference, credential(exchange));
    transfer(exchange, listener -> transfers.push(request, listener));
  }

  private static void transfer(Exchange exchange, Transfer transfer)
      throws IOException, ImageException {
    ProgressStream progress = new ProgressStream(exchange);
    Thread self = Thread.currentThread();
    exchange.whenClientGoes(self::interrupt);
    try {
      transfer.run(
          event -> {
            try {
              progress.send(TransferViews.view(event));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (InterruptedException e) {
      throw new IOException("the client has gone", e);
    } catch (ImageException e) {
      if (!progress.fail(String.valueOf(e.getMessage()))) {
        throw e;
      }
    }
  }

  private void look(Exchange exchange) throws IOException, ImageException {
    Reference reference = Reference.parse(exchange.request().variable("name")).orLatest();
    try {
      ImageTransfers.Offer offer = transfers.look(reference, credential(exchange));
      exchange.json(
          200,
          JsonObject.builder()
              .put("Descriptor", offer.document())
              .put("Platforms", offer.platforms())
              .build());
    } catch (InterruptedException e) {
      throw new IOException("the client has gone", e);
    }
  }

  private void publish(Exchange exchange) throws IOException, ImageException {
    Reference reference = Reference.parse(exchange.request().variable("name")).orLatest();
    JsonObject body = exchange.request().json();
    List<ProjectFile> files = body.records("Files", ProjectFile::of);
    try {
      Digest digest = transfers.publish(reference, Credential.ofHeader(body.string("Auth")), files);
      exchange.json(200, JsonObject.builder().put("Digest", digest.toString()).build());
    } catch (InterruptedException e) {
      throw new IOException("the client has gone", e);
    }
  }

  private void published(Exchange exchange) throws IOException, ImageException {
    Reference reference = Reference.parse(exchange.request().variable("name")).orLatest();
    try {
      ProjectArtifacts.Published project = transfers.published(reference, credential(exchange));
      exchange.json(
          200,
          JsonObject.builder()
              .put("Digest", project.digest().toString())
              .put("Files", project.files())
              .build());
    } catch (InterruptedException e) {
      throw new IOException("the client has gone", e);
    }
  }

  private void login(Exchange exchange) throws IOException, ImageException {
    Credential credential = Credential.of(exchange.request().json());
    if (credential.isNone()) {
      throw HttpProblem.badRequest("a login needs a username and a password, or an identitytoken");
    }
    try {
      transfers.login(domain(credential.serverAddress()), credential);
    } catch (InterruptedException e) {
      throw new IOException("the client has gone", e);
    } catch (ImageException e) {
      if (e.kind() == ImageException.Kind.DENIED) {
        throw new HttpProblem(401, String.valueOf(e.getMessage()));
      }
      throw e;
    }
    exchange.json(
        200,
        JsonObject.builder().put("IdentityToken", "").put("Status", "Login Succeeded").build());
  }

  /** Clients still name Docker Hub by a URL of its first version. */
  private static String domain(String server) {
    String host = server.toLowerCase(Locale.ROOT);
    int scheme = host.indexOf("://");
    host = scheme < 0 ? host : host.substring(scheme + 3);
    int slash = host.indexOf('/');
    host = slash < 0 ? host : host.substring(0, slash);
    return host.isEmpty() || host.equals(DOCKER_HUB_HOST) ? Reference.DOCKER_HUB : host;
  }

  private static Credential credential(Exchange exchange) {
    return Credential.ofHeader(exchange.request().header(Credential.HEADER));
  }
}
