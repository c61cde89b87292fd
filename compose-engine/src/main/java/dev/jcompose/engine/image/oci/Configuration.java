package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageConfig;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The image configuration document (OCI image-spec 1.1, {@code config.md}, and Docker's additions).
 * The digest of its bytes is the image id, so a document that came from elsewhere is kept as it is
 * and never written again from this record.
 *
 * @param created when the image was made; the epoch when unknown
 * @param author empty for none
 * @param architecture as Go names it
 * @param variant of the architecture; empty for none
 * @param os {@code linux}
 * @param settings what the image asks of its containers
 * @param diffIds digests of the layers' uncompressed archives, lowest first
 * @param history oldest first
 */
public record Configuration(
    Instant created,
    String author,
    String architecture,
    String variant,
    String os,
    ImageConfig settings,
    List<Digest> diffIds,
    List<Step> history)
    implements JsonValue {
  /**
   * One step in the making of the image.
   *
   * @param created the epoch when unknown
   * @param createdBy the command; empty when unknown
   * @param author empty for none
   * @param comment empty for none
   * @param emptyLayer true when the step changed only settings
   */
  public record Step(
      Instant created, String createdBy, String author, String comment, boolean emptyLayer)
      implements JsonValue {
    static Step of(JsonObject json) {
      return new Step(
          time(json.string("created")),
          json.string("created_by"),
          json.string("author"),
          json.string("comment"),
          json.flag("empty_layer"));
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("created", created.toString())
          .putUnlessEmpty("created_by", createdBy)
          .putUnlessEmpty("author", author)
          .putUnlessEmpty("comment", comment)
          .putUnlessEmpty("empty_layer", emptyLayer)
          .build();
    }
  }

  public Configuration {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }

  /**
   * Reads the document.
   *
   * @throws dev.jcompose.engine.api.json.JsonException when it has another shape
   * @throws dev.jcompose.engine.image.BadReferenceException when a layer's digest is none
   */
  public static Configuration of(JsonObject json) {
    return new Configuration(
        time(json.string("created")),
        json.string("author"),
        json.string("architecture"),
        json.string("variant"),
        json.string("os"),
        Settings.of(json.object("config")),
        json.object("rootfs").strings("diff_ids").stream().map(Digest::parse).toList(),
        json.records("history", Step::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("created", created.toString())
        .putUnlessEmpty("author", author)
        .put("architecture", architecture)
        .putUnlessEmpty("variant", variant)
        .put("os", os)
        .put("config", Settings.toJson(settings))
        .put(
            "rootfs",
            JsonObject.builder()
                .put("type", "layers")
                .put("diff_ids", diffIds.stream().map(Digest::toString).toList())
                .build())
        .put("history", history)
        .build();
  }

  private static Instant time(String text) {
    try {
      return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
