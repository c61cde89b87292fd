package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * One image for one platform (OCI image-spec 1.1, {@code manifest.md}; Docker's schema 2). Its
 * digest is that of its bytes, so a document that came from elsewhere is kept as it is.
 *
 * @param mediaType OCI's or Docker's
 * @param config the configuration, whose digest is the image id
 * @param layers as they are stored and sent, lowest first
 */
public record Manifest(String mediaType, Descriptor config, List<Descriptor> layers)
    implements JsonValue {
  public Manifest {
    layers = List.copyOf(layers);
  }

  /**
   * Reads the document.
   *
   * @throws dev.jcompose.engine.api.json.JsonException when it has another shape
   */
  public static Manifest of(JsonObject json) {
    return new Manifest(
        json.string("mediaType"),
        Descriptor.of(json.object("config")),
        json.records("layers", Descriptor::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("schemaVersion", 2)
        .put("mediaType", mediaType)
        .put("config", config)
        .put("layers", layers)
        .build();
  }
}
