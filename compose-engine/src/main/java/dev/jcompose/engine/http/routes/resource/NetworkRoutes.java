package dev.jcompose.engine.http.routes.resource;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.network.NetworkConnect;
import dev.jcompose.engine.api.network.NetworkCreate;
import dev.jcompose.engine.api.network.NetworkDisconnect;
import dev.jcompose.engine.api.network.NetworkInspect;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ContainerSpecs;
import dev.jcompose.engine.http.wire.NetworkViews;
import dev.jcompose.engine.network.Network;
import dev.jcompose.engine.network.Networks;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Networks, and containers joining and leaving them. */
public final class NetworkRoutes {
  private final EngineServices services;
  private final Networks networks;

  /** Routes to these services. */
  public NetworkRoutes(EngineServices services) {
    this.services = services;
    this.networks = services.networks();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/networks", this::list),
        Route.of("GET", "/networks/{id}", this::inspect),
        Route.of("POST", "/networks/create", this::create),
        Route.of("POST", "/networks/prune", this::prune),
        Route.of("POST", "/networks/{id}/connect", this::connect),
        Route.of("POST", "/networks/{id}/disconnect", this::disconnect),
        Route.of("DELETE", "/networks/{id}", this::remove));
  }

  private void list(Exchange exchange) throws IOException {
    Filters filters =
        exchange
            .request()
            .query()
            .filters("dangling", "driver", "id", "label", "label!", "name", "scope", "type");
    List<NetworkInspect> found = new ArrayList<>();
    for (Network network : networks.list()) {
      if (matches(filters, network)) {
        found.add(NetworkViews.view(network, List.of()));
      }
    }
    exchange.json(200, found);
  }

  private boolean matches(Filters filters, Network network) {
    Boolean dangling = filters.flag("dangling");
    return filters.labels(network.labels())
        && filters.any("name", text -> network.name().contains(text))
        && filters.any("id", text -> network.id().startsWith(text))
        && filters.any("driver", text -> network.driver().apiName().equals(text))
        && filters.any("scope", text -> text.equals("local"))
        && filters.any("type", text -> type(text) == network.predefined())
        && (dangling == null
            || dangling == (!network.predefined() && networks.endpoints(network.id()).isEmpty()));
  }

  private static boolean type(String text) {
    return switch (text) {
      case "builtin" -> true;
      case "custom" -> false;
      default -> throw HttpProblem.badRequest("invalid filter: 'type'='" + text + "'");
    };
  }

  private void inspect(Exchange exchange) throws IOException {
    Network network = networks.get(id(exchange));
    exchange.json(200, NetworkViews.view(network, networks.endpoints(network.id())));
  }

  private void create(Exchange exchange) throws IOException {
    NetworkCreate request = NetworkCreate.of(exchange.request().json());
    Network network = networks.create(NetworkViews.spec(request));
    tell("create", network);
    exchange.json(201, JsonObject.builder().put("Id", network.id()).put("Warning", "").build());
  }

  private void remove(Exchange exchange) throws IOException {
    Network network = networks.get(id(exchange));
    networks.remove(network.id());
    tell("destroy", network);
    exchange.empty(204);
  }

  private void connect(Exchange exchange) throws IOException {
    NetworkConnect request = NetworkConnect.of(exchange.request().json());
    services
        .containers()
        .connect(request.container(), id(exchange), ContainerSpecs.attachment(request.endpoint()));
    exchange.empty(200);
  }

  private void disconnect(Exchange exchange) throws IOException {
    NetworkDisconnect request = NetworkDisconnect.of(exchange.request().json());
    services.containers().disconnect(request.container(), id(exchange), request.force());
    exchange.empty(200);
  }

  private void prune(Exchange exchange) throws IOException {
    Filters filters = exchange.request().query().filters("until", "label", "label!");
    Instant until = Moments.until(filters);
    List<String> removed = new ArrayList<>();
    for (Network network : networks.list()) {
      if (!network.predefined()
          && (until == null || network.created().isBefore(until))
          && filters.labels(network.labels())
          && !isWanted(network)) {
        try {
          networks.remove(network.id());
          tell("destroy", network);
          removed.add(network.name());
        } catch (EngineException e) {
          // In use by now: not ours to prune.
        }
      }
    }
    exchange.json(200, JsonObject.builder().put("NetworksDeleted", removed).build());
  }

  /** Stopped containers hold no endpoint, but come back to their networks. */
  private boolean isWanted(Network network) {
    return services.containers().list().stream()
        .anyMatch(
            container ->
                container.endpoints().stream()
                    .anyMatch(
                        one ->
                            one.networkId().equals(network.id())
                                || one.network().equals(network.name())));
  }

  private void tell(String action, Network network) {
    services
        .events()
        .publish(
            Event.Type.NETWORK,
            action,
            network.id(),
            Map.of("name", network.name(), "type", network.driver().apiName()));
  }

  private static String id(Exchange exchange) {
    return exchange.request().variable("id");
  }
}
