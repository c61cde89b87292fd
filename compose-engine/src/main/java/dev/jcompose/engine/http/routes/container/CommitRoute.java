package dev.jcompose.engine.http.routes.container;

import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ContainerSpecs;
import dev.jcompose.engine.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Images made of containers. */
public final class CommitRoute {
  private final EngineServices services;

  /** A route to these services. */
  public CommitRoute(EngineServices services) {
    this.services = services;
  }

  /** The route. */
  public List<Route> routes() {
    return List.of(Route.of("POST", "/commit", this::commit));
  }

  private void commit(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    String container = query.string("container");
    if (container.isEmpty()) {
      throw HttpProblem.badRequest("bad parameter: container is missing");
    }
    String tag = query.string("tag");
    List<String> changes = new ArrayList<>();
    for (String change : query.strings("changes")) {
      changes.addAll(change.lines().filter(line -> !line.isBlank()).toList());
    }
    String pause = query.string("pause");
    Image image =
        services
            .commits()
            .commit(
                new Commits.Request(
                    container,
                    query.string("repo") + (tag.isEmpty() ? "" : ":" + tag),
                    query.string("author"),
                    query.string("comment"),
                    changes,
                    pause.isEmpty() || query.flag("pause"),
                    ContainerSpecs.of(CreateRequest.of(exchange.request().json()), null)));
    exchange.json(201, JsonObject.builder().put("Id", image.id()).build());
  }
}
