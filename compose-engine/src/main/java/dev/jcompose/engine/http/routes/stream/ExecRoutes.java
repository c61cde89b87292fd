package dev.jcompose.engine.http.routes.stream;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.exec.ExecCreate;
import dev.jcompose.engine.api.exec.ExecStart;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.container.exec.Execs.ExecState;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Exchange.RawConnection;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ExecViews;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Commands inside running containers. */
public final class ExecRoutes {
  private final Execs execs;

  /** Routes to these services. */
  public ExecRoutes(EngineServices services) {
    this.execs = services.execs();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/containers/{id}/exec", this::create),
        Route.raw("POST", "/exec/{id}/start", this::start),
        Route.of("POST", "/exec/{id}/resize", this::resize),
        Route.of("GET", "/exec/{id}/json", this::inspect));
  }

  private void create(Exchange exchange) throws IOException {
    ExecCreate request = ExecCreate.of(exchange.request().json());
    if (request.cmd().isEmpty()) {
      throw HttpProblem.badRequest("No exec command specified");
    }
    String id = execs.create(exchange.request().variable("id"), ExecViews.request(request));
    exchange.json(201, Map.of("Id", id));
  }

  private void start(Exchange exchange) throws IOException, InterruptedException {
    String id = exchange.request().variable("id");
    ExecStart request = ExecStart.of(exchange.request().json());
    if (request.detach()) {
      execs.startDetached(id);
      exchange.empty(200);
      return;
    }
    ExecState exec = execs.get(id);
    if (exec.running() || exec.exitCode() != null) {
      throw new HttpProblem(409, "Error: Exec command " + id + " is already running");
    }
    boolean terminal = exec.request().tty();
    RawConnection raw = exchange.takeOver(RawSession.contentType(exchange.request(), terminal));
    Attachment attachment;
    try {
      attachment = execs.start(id, request.rows(), request.columns());
    } catch (EngineException e) {
      RawSession.complain(raw, terminal, e.getMessage() == null ? "" : e.getMessage());
      return;
    }
    try (attachment) {
      exchange.whenClientGoes(attachment::close);
      RawSession.pump(
          raw,
          attachment,
          exec.request().attachStdin(),
          DetachKeys.parse(exec.request().detachKeys()));
    }
  }

  private void resize(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    execs.resize(exchange.request().variable("id"), Sizes.of(query, "h"), Sizes.of(query, "w"));
    exchange.empty(200);
  }

  private void inspect(Exchange exchange) throws IOException {
    exchange.json(200, ExecViews.view(execs.get(exchange.request().variable("id"))));
  }
}
