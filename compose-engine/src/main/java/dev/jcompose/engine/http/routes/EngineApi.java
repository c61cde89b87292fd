package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.routes.build.BuildRoutes;
import dev.jcompose.engine.http.routes.container.ArchiveRoutes;
import dev.jcompose.engine.http.routes.container.CommitRoute;
import dev.jcompose.engine.http.routes.container.ContainerRoutes;
import dev.jcompose.engine.http.routes.container.InsightRoutes;
import dev.jcompose.engine.http.routes.registry.RegistryRoutes;
import dev.jcompose.engine.http.routes.resource.ImageRoutes;
import dev.jcompose.engine.http.routes.resource.NetworkRoutes;
import dev.jcompose.engine.http.routes.resource.VolumeRoutes;
import dev.jcompose.engine.http.routes.stream.ExecRoutes;
import dev.jcompose.engine.http.routes.stream.StreamRoutes;
import dev.jcompose.engine.http.services.EngineServices;
import java.util.ArrayList;
import java.util.List;

/** The whole table of routes. */
public final class EngineApi {
  private EngineApi() {}

  /** The routes of the Docker Engine API and our own, answered by these services. */
  public static List<Route> routes(EngineServices services) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SystemRoutes(services).routes());
    routes.addAll(new ContainerRoutes(services).routes());
    routes.addAll(new CommitRoute(services).routes());
    routes.addAll(new StreamRoutes(services).routes());
    routes.addAll(new InsightRoutes(services).routes());
    routes.addAll(new ArchiveRoutes(services).routes());
    routes.addAll(new ExecRoutes(services).routes());
    routes.addAll(new NetworkRoutes(services).routes());
    routes.addAll(new VolumeRoutes(services).routes());
    routes.addAll(new ImageRoutes(services).routes());
    routes.addAll(new RegistryRoutes(services).routes());
    routes.addAll(new BuildRoutes(services).routes());
    routes.addAll(new EventRoutes(services).routes());
    routes.addAll(new UsageRoutes(services).routes());
    routes.addAll(SwarmRoutes.routes());
    return List.copyOf(routes);
  }
}
