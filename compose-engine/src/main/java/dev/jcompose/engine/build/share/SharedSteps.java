package dev.jcompose.engine.build.share;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.build.cache.StepRecord;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Layer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps and the layers they made, as a member of an image's configuration: of the image itself, or
 * of one that only carries the layers. The keys are the engine's own ({@link
 * dev.jcompose.engine.build.cache.StepKey}); other builders do not know the member and leave it.
 *
 * @param steps in no order
 */
public record SharedSteps(List<Step> steps) implements JsonValue {
  /** The member's name. */
  public static final String MEMBER = "dev.jcompose.buildcache.v1";

  public SharedSteps {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param key what it depends on
   * @param diffId of the layer it made
   * @param created the time that images made of it tell
   * @param description the instruction
   */
  public record Step(Digest key, Digest diffId, Instant created, String description)
      implements JsonValue {
    static Step of(JsonObject json) {
      return new Step(
          Digest.parse(json.string("key")),
          Digest.parse(json.string("diffId")),
          Instant.parse(json.string("created")),
          json.string("description"));
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .put("key", key.toString())
          .put("diffId", diffId.toString())
          .put("created", created.toString())
          .put("description", description)
          .build();
    }
  }

  /** These records. */
  public static SharedSteps of(List<StepRecord> records, List<Layer> layers) {
    List<Step> steps = new ArrayList<>();
    for (StepRecord record : records) {
      layers.stream()
          .filter(layer -> layer.chainId().equals(record.chainId()))
          .findFirst()
          .ifPresent(
              layer ->
                  steps.add(
                      new Step(
                          record.key(), layer.diffId(), record.created(), record.description())));
    }
    return new SharedSteps(steps);
  }

  /**
   * Reads those of a configuration; none when it names none.
   *
   * @throws IOException when the member has another shape
   */
  public static SharedSteps read(JsonObject configuration) throws IOException {
    JsonObject member = configuration.objectOrNull(MEMBER);
    try {
      return new SharedSteps(member == null ? List.of() : member.records("steps", Step::of));
    } catch (JsonException | BadReferenceException | DateTimeException e) {
      throw new IOException("its steps make no sense: " + e.getMessage(), e);
    }
  }

  /** The configuration of an image that only carries these steps and their layers. */
  public byte[] carrier(List<Layer> layers) {
    Platform host = Platform.host();
    return Json.bytes(
        JsonObject.builder()
            .put("architecture", host.architecture())
            .putUnlessEmpty("variant", host.variant())
            .put("os", host.os())
            .put("config", JsonObject.EMPTY)
            .put(
                "rootfs",
                JsonObject.builder()
                    .put("type", "layers")
                    .put(
                        "diff_ids",
                        layers.stream().map(layer -> layer.diffId().toString()).toList())
                    .build())
            .put(MEMBER, this)
            .build());
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder().put("steps", steps).build();
  }
}
