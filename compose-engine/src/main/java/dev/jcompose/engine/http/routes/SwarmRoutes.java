package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Route;
import java.util.ArrayList;
import java.util.List;

/** What there is no swarm for, answered the way clients expect of an engine without one. */
final class SwarmRoutes {
  private SwarmRoutes() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.of("GET", "/plugins", exchange -> exchange.json(200, List.of())));
    for (String list : List.of("swarm", "services", "tasks", "nodes", "secrets", "configs")) {
      routes.add(Route.of("GET", "/" + list, exchange -> refuse()));
      routes.add(Route.of("GET", "/" + list + "/{id}", exchange -> refuse()));
      routes.add(Route.of("POST", "/" + list + "/create", exchange -> refuse()));
    }
    return routes;
  }

  private static void refuse() {
    throw new HttpProblem(
        503,
        "This node is not a swarm manager: jcompose runs containers on this machine only. Use"
            + " compose projects instead.");
  }
}
