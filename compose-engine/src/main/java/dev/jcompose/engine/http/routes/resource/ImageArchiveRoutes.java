package dev.jcompose.engine.http.routes.resource;

import com.github.luben.zstd.ZstdOutputStream;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.compress.GzipStream;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.exchange.ImageExchange;
import dev.jcompose.engine.image.oci.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images as archives. */
public final class ImageArchiveRoutes {
  private static final String TAR = "application/x-tar";

  private final ImageExchange images;

  /** Routes to this service. */
  public ImageArchiveRoutes(ImageExchange images) {
    this.images = images;
  }

  /** The routes, to be tried before those with a name for a single element. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/images/get", this::saveSeveral),
        Route.of("GET", "/images/{name...}/get", this::saveOne),
        Route.of("POST", "/images/load", this::load));
  }

  private void saveSeveral(Exchange exchange) throws IOException, ImageException {
    List<String> names = new ArrayList<>();
    for (String text : exchange.request().query().strings("names")) {
      names.addAll(List.of(text.split(",")));
    }
    if (names.isEmpty()) {
      throw HttpProblem.badRequest("bad parameter: names is missing; name the images to save");
    }
    save(exchange, names);
  }

  private void saveOne(Exchange exchange) throws IOException, ImageException {
    save(exchange, List.of(exchange.request().variable("name")));
  }

  private void save(Exchange exchange, List<String> names) throws IOException, ImageException {
    if (platform(exchange.request().query()) != null) {
      throw HttpProblem.badRequest("an image is stored for one platform; leave platform out");
    }
    ImageExchange.Saving saving = images.save(names);
    String compression = exchange.request().query().string("compress");
    switch (compression) {
      case "" -> saving.to(exchange.stream(200, TAR));
      case "gzip" -> {
        try (OutputStream out = new GzipStream(exchange.stream(200, "application/gzip"))) {
          saving.to(out);
        }
      }
      case "zstd" -> {
        try (OutputStream out = new ZstdOutputStream(exchange.stream(200, "application/zstd"))) {
          saving.to(out);
        }
      }
      default ->
          throw HttpProblem.badRequest(
              "compress=" + compression + " is not known; write gzip or zstd, or leave it out");
    }
  }

  private void load(Exchange exchange) throws IOException, ImageException {
    Parameters query = exchange.request().query();
    List<ImageExchange.Loaded> loaded = images.load(exchange.request().body(), platform(query));
    OutputStream lines = exchange.stream(200, "application/json");
    for (ImageExchange.Loaded one : loaded) {
      for (String name : one.names()) {
        line(lines, JsonObject.builder().put("stream", "Loaded image: " + name + "\n"));
      }
      if (one.names().isEmpty()) {
        line(
            lines,
            JsonObject.builder().put("stream", "Loaded image ID: " + one.image().id() + "\n"));
      }
    }
  }

  /** {@code POST /images/create?fromSrc=-}: the body is an archive of files. */
  void importFiles(Exchange exchange) throws IOException, ImageException {
    Parameters query = exchange.request().query();
    String source = query.string("fromSrc");
    if (!source.equals("-")) {
      throw HttpProblem.badRequest(
          "the engine does not download %s; fetch it yourself and import from standard input: curl -L %s | jcompose image import - NAME"
              .formatted(source, source));
    }
    String tag = query.string("tag");
    Image image =
        images.importFiles(
            exchange.request().body(),
            query.string("repo") + (tag.isEmpty() ? "" : ":" + tag),
            query.string("message"),
            query.strings("changes"),
            platform(query));
    line(exchange.stream(200, "application/json"), JsonObject.builder().put("status", image.id()));
  }

  private static @Nullable Platform platform(Parameters query) {
    String text = query.string("platform");
    if (text.isEmpty()) {
      return null;
    }
    // Since API 1.48 it is an object of the OCI specification.
    if (text.startsWith("{")) {
      JsonObject json = Json.object(text);
      String variant = json.string("variant");
      return Platform.parse(
          json.string("os")
              + "/"
              + json.string("architecture")
              + (variant.isEmpty() ? "" : "/" + variant));
    }
    try {
      return Platform.parse(text);
    } catch (BadReferenceException e) {
      throw HttpProblem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static void line(OutputStream out, JsonObject.Builder json) throws IOException {
    byte[] bytes = Json.bytes(json.build());
    byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    out.write(line);
  }
}
