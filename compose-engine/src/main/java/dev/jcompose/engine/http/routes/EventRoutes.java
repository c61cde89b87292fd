package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.EventSubscription;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.EventViews;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Events as they happen, one JSON object per line. */
final class EventRoutes {
  private final EventBus events;

  EventRoutes(EngineServices services) {
    this.events = services.events();
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/events", this::stream));
  }

  private void stream(Exchange exchange) throws IOException, InterruptedException {
    Parameters query = exchange.request().query();
    EventFilter filter = new EventFilter(query.filters(EventFilter.KEYS));
    try (EventSubscription subscription =
        events.subscribe(
            filter::matches,
            Moments.parse("since", query.string("since")),
            Moments.parse("until", query.string("until")))) {
      exchange.whenClientGoes(subscription::close);
      OutputStream out = exchange.stream(200, "application/json");
      for (Event event = subscription.next(); event != null; event = subscription.next()) {
        byte[] json = Json.bytes(EventViews.view(event));
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        out.write(line);
      }
    }
  }
}
