package dev.jcompose.engine.http.routes.container;

import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ArchiveViews;
import java.io.IOException;
import java.util.List;

/** Files of containers, as archives. */
public final class ArchiveRoutes {
  private static final String STAT = "X-Docker-Container-Path-Stat";

  private final ContainerFiles files;

  /** Routes to these services. */
  public ArchiveRoutes(EngineServices services) {
    this.files = services.files();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("HEAD", "/containers/{id}/archive", this::stat),
        Route.of("GET", "/containers/{id}/archive", this::read),
        Route.of("PUT", "/containers/{id}/archive", this::write),
        Route.of("GET", "/containers/{id}/changes", this::changes),
        Route.of("GET", "/containers/{id}/export", this::export));
  }

  private void stat(Exchange exchange) throws IOException {
    exchange.header(STAT, ArchiveViews.header(files.stat(id(exchange), path(exchange)))).empty(200);
  }

  private void read(Exchange exchange) throws IOException {
    String path = path(exchange);
    exchange.header(STAT, ArchiveViews.header(files.stat(id(exchange), path)));
    files.read(id(exchange), path, exchange.stream(200, "application/x-tar"));
  }

  private void write(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    files.write(
        id(exchange),
        path(exchange),
        query.flag("noOverwriteDirNonDir"),
        query.flag("copyUIDGID"),
        exchange.request().body());
    exchange.empty(200);
  }

  private void changes(Exchange exchange) throws IOException {
    exchange.json(200, files.changes(id(exchange)).stream().map(ArchiveViews::change).toList());
  }

  private void export(Exchange exchange) throws IOException {
    // Asked before the head goes out: a container that is not there is a 404.
    files.usage(id(exchange));
    files.export(id(exchange), exchange.stream(200, "application/octet-stream"));
  }

  private static String id(Exchange exchange) {
    return exchange.request().variable("id");
  }

  private static String path(Exchange exchange) {
    String path = exchange.request().query().string("path");
    if (path.isEmpty()) {
      throw HttpProblem.badRequest("bad parameter: path is missing");
    }
    return path;
  }
}
