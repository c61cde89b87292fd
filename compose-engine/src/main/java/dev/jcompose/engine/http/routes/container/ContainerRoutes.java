package dev.jcompose.engine.http.routes.container;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.container.CreateResponse;
import dev.jcompose.engine.api.container.WaitResponse;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.resources.Resources;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.Containers.WaitCondition;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Request;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ContainerSpecs;
import dev.jcompose.engine.http.wire.ContainerViews;
import dev.jcompose.engine.http.wire.ResourceLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Containers: made, listed, described and moved from state to state. */
public final class ContainerRoutes {
  private final EngineServices services;
  private final Containers containers;

  /** Routes to these services. */
  public ContainerRoutes(EngineServices services) {
    this.services = services;
    this.containers = services.containers();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/containers/json", this::list),
        Route.of("POST", "/containers/create", this::create),
        Route.of("POST", "/containers/prune", this::prune),
        Route.of("GET", "/containers/{id}/json", this::inspect),
        Route.of("POST", "/containers/{id}/start", this::start),
        Route.of("POST", "/containers/{id}/stop", this::stop),
        Route.of("POST", "/containers/{id}/restart", this::restart),
        Route.of("POST", "/containers/{id}/kill", this::kill),
        Route.of("POST", "/containers/{id}/pause", this::pause),
        Route.of("POST", "/containers/{id}/unpause", this::unpause),
        Route.of("POST", "/containers/{id}/rename", this::rename),
        Route.of("POST", "/containers/{id}/update", this::update),
        Route.of("POST", "/containers/{id}/wait", this::await),
        Route.of("DELETE", "/containers/{id}", this::remove));
  }

  private void list(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    Integer limit = query.integerOrNull("limit");
    ContainerFilter filter =
        new ContainerFilter(
            query.filters(ContainerFilter.KEYS),
            query.flag("all") || (limit != null && limit > 0),
            containers.list());
    Instant now = Instant.now();
    List<ContainerSummary> found = new ArrayList<>();
    for (ContainerRecord container : containers.list()) {
      if (limit != null && limit > 0 && found.size() == limit) {
        break;
      }
      if (filter.matches(container)) {
        found.add(ContainerViews.summary(container, now, usage(query, container)));
      }
    }
    exchange.json(200, found);
  }

  private void create(Exchange exchange) throws IOException {
    Request request = exchange.request();
    JsonObject json = request.json();
    if (json.isEmpty()) {
      throw HttpProblem.badRequest("invalid JSON: the request has no body");
    }
    CreateRequest create = CreateRequest.of(json);
    if (!request.version().atLeast(1, 44) && create.endpoints().size() > 1) {
      throw HttpProblem.badRequest(
          "Container cannot be created with network endpoints: this API version takes one");
    }
    Containers.Created created =
        containers.create(
            request.query().stringOrNull("name"),
            ContainerSpecs.of(create, request.query().stringOrNull("platform")));
    exchange.json(201, new CreateResponse(created.id(), created.warnings()));
  }

  private void inspect(Exchange exchange) throws IOException {
    ContainerRecord container = containers.get(id(exchange));
    exchange.json(
        200,
        ContainerViews.inspect(
            container,
            services.execs().of(container.id()),
            services.state().container(container.id()),
            usage(exchange.request().query(), container)));
  }

  private ContainerFiles.@Nullable Usage usage(Parameters query, ContainerRecord container) {
    return query.flag("size") ? services.files().usage(container.id()) : null;
  }

  private void start(Exchange exchange) throws IOException {
    String length = exchange.request().header("Content-Length");
    // Docker once took a host configuration here; clients that still send one must hear about it.
    if (length != null && Long.parseLong(length) > 7) {
      throw HttpProblem.badRequest(
          "starting container with non-empty request body is not supported");
    }
    containers.start(id(exchange));
    exchange.empty(204);
  }

  private void stop(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    containers.stop(id(exchange), query.integerOrNull("t"), query.stringOrNull("signal"));
    exchange.empty(204);
  }

  private void restart(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    containers.restart(id(exchange), query.integerOrNull("t"), query.stringOrNull("signal"));
    exchange.empty(204);
  }

  private void kill(Exchange exchange) throws IOException {
    containers.kill(id(exchange), exchange.request().query().stringOrNull("signal"));
    exchange.empty(204);
  }

  private void pause(Exchange exchange) throws IOException {
    containers.pause(id(exchange));
    exchange.empty(204);
  }

  private void unpause(Exchange exchange) throws IOException {
    containers.unpause(id(exchange));
    exchange.empty(204);
  }

  private void rename(Exchange exchange) throws IOException {
    containers.rename(id(exchange), exchange.request().query().string("name"));
    exchange.empty(204);
  }

  private void update(Exchange exchange) throws IOException {
    JsonObject json = exchange.request().json();
    JsonObject policy = json.objectOrNull("RestartPolicy");
    List<String> warnings =
        containers.update(
            id(exchange),
            ResourceLimits.of(Resources.of(json)),
            policy == null || policy.string("Name").isEmpty()
                ? null
                : RestartPolicy.of(policy.string("Name"), policy.integer("MaximumRetryCount")));
    exchange.json(200, Map.of("Warnings", warnings));
  }

  private void remove(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    if (query.flag("link")) {
      throw HttpProblem.badRequest("links are not kept as objects, so none can be removed");
    }
    containers.remove(id(exchange), query.flag("force"), query.flag("v"));
    exchange.empty(204);
  }

  private void await(Exchange exchange) throws IOException, InterruptedException {
    WaitCondition condition = condition(exchange.request().query().stringOrNull("condition"));
    CompletableFuture<ExitOutcome> exit = containers.await(id(exchange), condition);
    exchange.whenClientGoes(() -> exit.cancel(false));
    // Clients start the container only after they have seen this head.
    OutputStream out = exchange.stream(200, "application/json");
    WaitResponse answer;
    try {
      ExitOutcome outcome = exit.get();
      // Whoever waits for the removal is not told how the run before it failed.
      boolean tell = condition != WaitCondition.REMOVED && !outcome.error().isEmpty();
      answer = new WaitResponse(outcome.exitCode(), tell ? outcome.error() : null);
    } catch (CancellationException e) {
      throw new IOException("the client has gone", e);
    } catch (ExecutionException e) {
      answer = new WaitResponse(-1, e.getCause() == null ? "" : e.getCause().getMessage());
    }
    out.write(Json.bytes(answer));
    out.write('\n');
  }

  private static WaitCondition condition(@Nullable String text) {
    return switch (text) {
      case null -> WaitCondition.NOT_RUNNING;
      case "not-running" -> WaitCondition.NOT_RUNNING;
      case "next-exit" -> WaitCondition.NEXT_EXIT;
      case "removed" -> WaitCondition.REMOVED;
      default -> throw HttpProblem.badRequest("invalid condition: \"" + text + "\"");
    };
  }

  private void prune(Exchange exchange) throws IOException {
    Filters filters = exchange.request().query().filters("until", "label", "label!");
    Instant until = Moments.until(filters);
    List<String> removed = new ArrayList<>();
    long reclaimed = 0;
    for (ContainerRecord container : containers.list()) {
      Status status = container.state().status();
      boolean stopped =
          status == Status.CREATED || status == Status.EXITED || status == Status.DEAD;
      if (stopped
          && (until == null || container.created().isBefore(until))
          && filters.labels(container.spec().labels())) {
        try {
          long own = services.files().usage(container.id()).own();
          containers.remove(container.id(), false, false);
          removed.add(container.id());
          reclaimed += own;
        } catch (EngineException e) {
          // Started or removed by somebody else in the meantime: not ours to prune.
        }
      }
    }
    services
        .events()
        .publish(Event.Type.CONTAINER, "prune", "", Map.of("reclaimed", Long.toString(reclaimed)));
    exchange.json(
        200,
        JsonObject.builder()
            .put("ContainersDeleted", removed)
            .put("SpaceReclaimed", reclaimed)
            .build());
  }

  private static String id(Exchange exchange) {
    return exchange.request().variable("id");
  }
}
