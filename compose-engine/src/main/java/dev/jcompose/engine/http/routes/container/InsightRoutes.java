package dev.jcompose.engine.http.routes.container;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.container.TopResponse;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.container.ContainerInsight;
import dev.jcompose.engine.container.ContainerInsight.ProcessTable;
import dev.jcompose.engine.container.ContainerInsight.Sample;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.StatsView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A look inside running containers: processes and resource use. */
public final class InsightRoutes {
  private static final long INTERVAL_SECONDS = 1;

  private final EngineServices services;

  /** Routes to these services. */
  public InsightRoutes(EngineServices services) {
    this.services = services;
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/containers/{id}/top", this::top),
        Route.of("GET", "/containers/{id}/stats", this::stats));
  }

  private void top(Exchange exchange) throws IOException {
    ProcessTable table =
        insight()
            .top(exchange.request().variable("id"), exchange.request().query().string("ps_args"));
    exchange.json(200, new TopResponse(table.titles(), table.rows()));
  }

  private void stats(Exchange exchange) throws IOException, InterruptedException {
    Parameters query = exchange.request().query();
    ContainerRecord container = services.containers().get(exchange.request().variable("id"));
    boolean stream = !query.has("stream") || query.flag("stream");
    Sample sample = insight().sample(container.id());
    if (!stream) {
      Sample before = null;
      if (!query.flag("one-shot") && container.state().hasProcess()) {
        TimeUnit.SECONDS.sleep(INTERVAL_SECONDS);
        before = sample;
        sample = insight().sample(container.id());
      }
      exchange.json(200, StatsView.of(container, sample, before));
      return;
    }
    CountDownLatch gone = new CountDownLatch(1);
    exchange.whenClientGoes(gone::countDown);
    OutputStream out = exchange.stream(200, "application/json");
    Sample before = null;
    do {
      out.write(Json.bytes(StatsView.of(container, sample, before)));
      out.write('\n');
      before = sample;
      if (gone.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      try {
        container = services.containers().get(container.id());
        sample = insight().sample(container.id());
      } catch (EngineException.NotFound removed) {
        return;
      }
    } while (true);
  }

  private ContainerInsight insight() {
    return services.insight();
  }
}
