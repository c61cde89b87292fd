package dev.jcompose.engine.http.routes.build;

import dev.jcompose.engine.api.build.BuildEvent;
import dev.jcompose.engine.api.build.ImageBuild;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.BuildResult;
import dev.jcompose.engine.build.Builds;
import dev.jcompose.engine.build.cache.CacheMounts;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.ProgressStream;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.BuildViews;
import dev.jcompose.engine.http.wire.ClassicBuild;
import java.io.IOException;
import java.util.List;

/** Builds of images. */
public final class BuildRoutes {
  private final Builds builds;

  /** Routes to these services. */
  public BuildRoutes(EngineServices services) {
    this.builds = services.builds();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/jcompose/build", this::build),
        Route.of("POST", "/build", this::classic),
        Route.of("GET", "/jcompose/build/mount", this::mount),
        Route.of("POST", "/build/prune", this::prune));
  }

  private void build(Exchange exchange) throws IOException, InterruptedException {
    BuildRequest request = BuildViews.request(ImageBuild.of(exchange.request().json()));
    EventProgress progress = new EventProgress(exchange.stream(200, "application/json"));
    try (Cancellation cancellation = Cancellation.when(exchange)) {
      BuildResult result = builds.build(request, progress);
      progress.send(new BuildEvent.Built(result.imageId(), result.tags()));
    } catch (BuildException e) {
      progress.send(BuildViews.broken(e));
    }
  }

  private void mount(Exchange exchange) throws IOException {
    try (CacheMounts.Held mount = builds.cache().mount(exchange.request().query().string("id"))) {
      builds.cache().export(mount, exchange.stream(200, "application/x-tar"));
    }
  }

  private void prune(Exchange exchange) throws IOException {
    exchange.json(200, CachePruning.of(exchange.request().query()).carryOut(builds.cache()));
  }

  private void classic(Exchange exchange) throws IOException, InterruptedException {
    BuildRequest request = ClassicBuild.of(exchange.request());
    ProgressStream lines = new ProgressStream(exchange);
    ClassicProgress progress = new ClassicProgress(lines, exchange.request().query().flag("q"));
    try (Cancellation cancellation = Cancellation.when(exchange)) {
      progress.built(builds.build(request, progress));
    } catch (BuildException e) {
      String message = String.valueOf(e.getMessage());
      if (!lines.fail(message, e.exitCode())) {
        throw HttpProblem.badRequest(message);
      }
    }
  }
}
