package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.routes.resource.SharedSizes;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.http.wire.BuildViews;
import dev.jcompose.engine.http.wire.ContainerViews;
import dev.jcompose.engine.http.wire.ImageViews;
import dev.jcompose.engine.http.wire.VolumeViews;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.volume.Volume;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the engine's objects take on disk. */
final class UsageRoutes {
  private final EngineServices services;

  UsageRoutes(EngineServices services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/system/df", this::usage));
  }

  private void usage(Exchange exchange) throws IOException, ImageException {
    List<String> types = exchange.request().query().strings("type");
    JsonObject.Builder json = JsonObject.builder();
    if (wants(types, "image")) {
      Images.Usage usage = services.images().usage();
      json.put("LayersSize", usage.layers().values().stream().mapToLong(Long::longValue).sum())
          .put("Images", images(usage))
          .put(
              "JcomposeStore",
              JsonObject.builder()
                  .put("Blobs", usage.blobs())
                  .put("Leftovers", usage.leftovers())
                  .build());
    }
    if (wants(types, "container")) {
      json.put("Containers", containers());
    }
    if (wants(types, "volume")) {
      json.put("Volumes", volumes());
    }
    if (wants(types, "build-cache")) {
      json.put(
          "BuildCache", services.builds().cache().list().stream().map(BuildViews::view).toList());
    }
    exchange.json(200, json.build());
  }

  private static boolean wants(List<String> types, String type) {
    return types.isEmpty() || types.contains(type);
  }

  private List<ImageSummary> images(Images.Usage usage) {
    List<ContainerRecord> containers = services.containers().list();
    SharedSizes shared = new SharedSizes(services.images().list(), usage.layers());
    List<ImageSummary> images = new ArrayList<>();
    for (Image image : services.images().list()) {
      long users = containers.stream().filter(one -> one.needsImage(image.id())).count();
      images.add(ImageViews.summary(image, shared.of(image), (int) users));
    }
    return images;
  }

  private List<ContainerSummary> containers() {
    Instant now = Instant.now();
    return services.containers().list().stream()
        .map(one -> ContainerViews.summary(one, now, services.files().usage(one.id())))
        .toList();
  }

  private List<JsonObject> volumes() {
    List<JsonObject> volumes = new ArrayList<>();
    for (Volume volume : services.volumes().list()) {
      volumes.add(
          JsonObject.builder()
              .putAll(VolumeViews.view(volume))
              .put(
                  "UsageData",
                  JsonObject.builder()
                      .put("RefCount", services.volumes().users(volume.name()).size())
                      .put("Size", FileTrees.size(volume.directory()))
                      .build())
              .build());
    }
    return volumes;
  }
}
