package dev.jcompose.engine.image.make;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes images of layers of the store. The same layers, settings and times give the same image. */
public final class ImageMaker {
  private final ImageStore store;

  public ImageMaker(ImageStore store) {
    this.store = store;
  }

  /**
   * Makes an image that stands on another; it has no name yet.
   *
   * @param base what it stands on: its layers and history come first, its platform is kept; null
   *     for nothing, which is Dockerfiles' {@code scratch}, and this machine's platform
   * @param settings all of them; nothing is taken from the base
   * @param additions in order; their layers stand on each other and the first on the base's last
   * @param author empty for none
   */
  public Image make(
      @Nullable Digest base,
      ImageConfig settings,
      List<Addition> additions,
      Instant created,
      String author)
      throws IOException {
    return make(base, Platform.host(), settings, additions, created, author, null);
  }

  /**
   * As above, with a note.
   *
   * @param platform what an image is for that stands on nothing
   * @param note a further member of the configuration; null for none
   */
  public Image make(
      @Nullable Digest base,
      Platform platform,
      ImageConfig settings,
      List<Addition> additions,
      Instant created,
      String author,
      @Nullable Note note)
      throws IOException {
    Configuration below =
        base == null
            ? new Configuration(
                created,
                "",
                platform.architecture(),
                platform.variant(),
                platform.os(),
                settings,
                List.of(),
                List.of())
            : store.configuration(base);
    List<Digest> diffIds = new ArrayList<>(below.diffIds());
    List<Configuration.Step> history = new ArrayList<>(below.history());
    for (Addition addition : additions) {
      Layer layer = addition.layer();
      if (layer != null) {
        diffIds.add(layer.diffId());
      }
      history.add(addition.step());
    }
    Configuration configuration =
        new Configuration(
            created,
            author,
            below.architecture(),
            below.variant(),
            below.os(),
            settings,
            diffIds,
            history);
    return store.add(
        Json.bytes(
            note == null
                ? configuration
                : JsonObject.builder()
                    .putAll(configuration)
                    .put(note.name(), note.value())
                    .build()),
        List.of());
  }

  /** A member of the configuration that only its writer understands. */
  public record Note(String name, JsonValue value) {}
}
