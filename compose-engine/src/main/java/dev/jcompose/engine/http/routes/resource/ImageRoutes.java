package dev.jcompose.engine.http.routes.resource;

import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Filters;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.routes.registry.RegistryRoutes;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.ImageViews;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.image.Images;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Images. */
public final class ImageRoutes {
  private final EngineServices services;
  private final Images images;
  private final RegistryRoutes registry;
  private final ImageArchiveRoutes archives;

  /** Routes to these services. */
  public ImageRoutes(EngineServices services) {
    this.services = services;
    this.images = services.images();
    this.registry = new RegistryRoutes(services);
    this.archives = new ImageArchiveRoutes(services.archives());
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(archives.routes());
    routes.addAll(own());
    return List.copyOf(routes);
  }

  private List<Route> own() {
    return List.of(
        Route.of("GET", "/images/json", this::list),
        Route.of("POST", "/images/create", this::create),
        Route.of("POST", "/images/prune", this::prune),
        Route.of("GET", "/images/{name...}/json", this::inspect),
        Route.of("GET", "/images/{name...}/history", this::history),
        Route.of("POST", "/images/{name...}/tag", this::tag),
        Route.of("DELETE", "/images/{name...}", this::remove),
        Route.of("POST", "/jcompose/images/from-host", this::fromHost),
        Route.of("POST", "/jcompose/images/{name...}/untag", this::untag));
  }

  private void list(Exchange exchange) throws IOException, ImageException {
    Filters filters =
        exchange
            .request()
            .query()
            .filters("before", "dangling", "label", "label!", "reference", "since", "until");
    Instant before = created(filters, "before");
    Instant since = created(filters, "since");
    SharedSizes shared =
        exchange.request().query().flag("shared-size")
            ? new SharedSizes(images.list(), images.usage().layers())
            : SharedSizes.UNKNOWN;
    Boolean dangling = filters.flag("dangling");
    var until = Moments.until(filters);
    ImageUse use = use();
    List<ImageSummary> found = new ArrayList<>();
    for (Image image : images.list()) {
      if (filters.labels(image.config().labels())
          && filters.any("reference", text -> isNamed(image, text))
          && (until == null || image.created().isBefore(until))
          && (before == null || image.created().isBefore(before))
          && (since == null || image.created().isAfter(since))
          && (dangling == null || dangling == image.repoTags().isEmpty())) {
        found.add(ImageViews.summary(image, shared.of(image), use.usersOf(image.id()).size()));
      }
    }
    exchange.json(200, found);
  }

  /** When the image was made that one of these two filters names; null when it is not asked. */
  private @Nullable Instant created(Filters filters, String key) throws ImageException {
    Set<String> references = filters.values(key);
    return references.isEmpty() ? null : images.resolve(references.iterator().next()).created();
  }

  /** Whether one of an image's names fits a pattern, the tag being optional in it. */
  private static boolean isNamed(Image image, String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return image.repoTags().stream()
        .anyMatch(
            tag ->
                matcher.matches(Path.of(tag))
                    || matcher.matches(Path.of(tag.substring(0, tag.lastIndexOf(':')))));
  }

  private void inspect(Exchange exchange) throws IOException, ImageException {
    exchange.json(200, ImageViews.inspect(images.resolve(name(exchange))));
  }

  private void history(Exchange exchange) throws IOException, ImageException {
    exchange.json(200, ImageViews.history(images.resolve(name(exchange))));
  }

  private void create(Exchange exchange) throws IOException, ImageException {
    if (exchange.request().query().string("fromImage").isEmpty()) {
      archives.importFiles(exchange);
      return;
    }
    registry.pull(exchange);
  }

  private void tag(Exchange exchange) throws IOException, ImageException {
    Parameters query = exchange.request().query();
    String tag = query.string("tag");
    images.tag(name(exchange), query.string("repo") + (tag.isEmpty() ? "" : ":" + tag));
    exchange.empty(201);
  }

  private void remove(Exchange exchange) throws IOException, ImageException {
    Parameters query = exchange.request().query();
    exchange.json(
        200,
        images.remove(name(exchange), query.flag("force"), query.flag("noprune"), use()).stream()
            .map(ImageViews::view)
            .toList());
  }

  private void prune(Exchange exchange) throws IOException, ImageException {
    Filters filters = exchange.request().query().filters("dangling", "label", "label!", "until");
    Instant until = Moments.until(filters);
    Images.Pruned pruned =
        images.prune(
            Boolean.FALSE.equals(filters.flag("dangling")),
            image ->
                filters.labels(image.config().labels())
                    && (until == null || image.created().isBefore(until)),
            use());
    exchange.json(
        200,
        JsonObject.builder()
            .put("ImagesDeleted", pruned.removals().stream().map(ImageViews::view).toList())
            .put("SpaceReclaimed", pruned.spaceReclaimed())
            .build());
  }

  private void untag(Exchange exchange) throws IOException, ImageException {
    images.untag(name(exchange));
    exchange.empty(204);
  }

  private void fromHost(Exchange exchange) throws IOException, ImageException {
    JsonObject request = exchange.request().json();
    Image image = images.fromHost(request.string("Name"), request.strings("Programs"));
    exchange.json(201, JsonObject.builder().put("Id", image.id()).build());
  }

  private ImageUse use() {
    List<ContainerRecord> all = services.containers().list();
    return imageId -> ContainerRecord.usersOf(imageId, all);
  }

  private static String name(Exchange exchange) {
    return exchange.request().variable("name");
  }
}
