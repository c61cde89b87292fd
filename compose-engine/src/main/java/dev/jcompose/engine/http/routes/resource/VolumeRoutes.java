package dev.jcompose.engine.http.routes.resource;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.volume.VolumeCreate;
import dev.jcompose.engine.api.volume.VolumeList;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.VolumeViews;
import dev.jcompose.engine.volume.Volume;
import dev.jcompose.engine.volume.Volumes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Named volumes. */
public final class VolumeRoutes {
  private final Volumes volumes;

  /** Routes to these services. */
  public VolumeRoutes(EngineServices services) {
    this.volumes = services.volumes();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/volumes", this::list),
        Route.of("POST", "/volumes/create", this::create),
        Route.of("POST", "/volumes/prune", this::prune),
        Route.of("GET", "/volumes/{name}", this::inspect),
        Route.of("DELETE", "/volumes/{name}", this::remove));
  }

  private void list(Exchange exchange) throws IOException {
    Filters filters =
        exchange.request().query().filters("dangling", "driver", "label", "label!", "name");
    Boolean dangling = filters.flag("dangling");
    List<dev.jcompose.engine.api.volume.Volume> found = new ArrayList<>();
    for (Volume volume : volumes.list()) {
      if (filters.labels(volume.labels())
          && filters.any("name", text -> volume.name().contains(text))
          && filters.any("driver", text -> volume.driver().equals(text))
          && (dangling == null || dangling == volumes.users(volume.name()).isEmpty())) {
        found.add(VolumeViews.view(volume));
      }
    }
    exchange.json(200, new VolumeList(found, List.of()));
  }

  private void create(Exchange exchange) throws IOException {
    VolumeCreate request = VolumeCreate.of(exchange.request().json());
    exchange.json(201, VolumeViews.view(volumes.create(VolumeViews.request(request))));
  }

  private void inspect(Exchange exchange) throws IOException {
    exchange.json(200, VolumeViews.view(volumes.get(exchange.request().variable("name"))));
  }

  private void remove(Exchange exchange) throws IOException {
    volumes.remove(exchange.request().variable("name"), exchange.request().query().flag("force"));
    exchange.empty(204);
  }

  private void prune(Exchange exchange) throws IOException {
    Filters filters = exchange.request().query().filters("all", "label", "label!");
    // Before API 1.42 pruning took the named ones too.
    boolean named =
        Boolean.TRUE.equals(filters.flag("all")) || !exchange.request().version().atLeast(1, 42);
    List<String> removed = new ArrayList<>();
    for (Volume volume : volumes.list()) {
      if ((named || volume.anonymous())
          && filters.labels(volume.labels())
          && volumes.users(volume.name()).isEmpty()) {
        try {
          volumes.remove(volume.name(), false);
          removed.add(volume.name());
        } catch (EngineException e) {
          // In use by now: not ours to prune.
        }
      }
    }
    exchange.json(
        200, JsonObject.builder().put("VolumesDeleted", removed).put("SpaceReclaimed", 0).build());
  }
}
