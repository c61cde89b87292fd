package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.config.HealthConfig;
import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images as the API describes them. */
public final class ImageViews {
  private ImageViews() {}

  /** An image in a list, with what it shares with others and the number of its containers. */
  public static ImageSummary summary(Image image, long sharedSize, int containers) {
    return new ImageSummary(
        image.id(),
        "",
        image.repoTags(),
        image.repoDigests(),
        image.created().getEpochSecond(),
        image.size(),
        sharedSize,
        image.config().labels(),
        containers);
  }

  /** An image in full. */
  public static ImageInspect inspect(Image image) {
    return new ImageInspect(
        image.id(),
        image.repoTags(),
        image.repoDigests(),
        "",
        // A Docker engine shows the comment of the latest step as the image's.
        image.history().isEmpty() ? "" : image.history().getLast().comment(),
        image.created().toString(),
        image.author(),
        config(image.config()),
        image.architecture(),
        image.variant(),
        image.os(),
        image.size(),
        JsonObject.builder().put("Name", "overlay2").put("Data", Map.of()).build(),
        JsonObject.builder()
            .put("Type", "layers")
            .put("Layers", image.diffIds().stream().map(Object::toString).toList())
            .build(),
        JsonObject.builder().put("LastTagTime", image.lastTagged().toString()).build());
  }

  /** The steps an image was made in, newest first; only the newest has the image's id and names. */
  public static List<JsonObject> history(Image image) {
    List<JsonObject> steps = new ArrayList<>();
    for (Image.History step : image.history().reversed()) {
      boolean newest = steps.isEmpty();
      steps.add(
          JsonObject.builder()
              .put("Id", newest ? image.id() : "<missing>")
              .put("Created", step.created().getEpochSecond())
              .put("CreatedBy", step.createdBy())
              .put("Tags", newest ? image.repoTags() : null)
              .put("Size", step.size())
              .put("Comment", step.comment())
              .build());
    }
    return steps;
  }

  /** What a removal did. */
  public static ImageRemoval view(Removal removal) {
    return switch (removal) {
      case Removal.Untagged untagged -> new ImageRemoval(untagged.reference(), null);
      case Removal.Deleted deleted -> new ImageRemoval(null, deleted.id());
    };
  }

  private static JsonObject config(ImageConfig config) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("Hostname", "")
            .put("Domainname", "")
            .put("User", config.user())
            .put("AttachStdin", false)
            .put("AttachStdout", false)
            .put("AttachStderr", false);
    if (!config.exposedPorts().isEmpty()) {
      json.putSet("ExposedPorts", config.exposedPorts());
    }
    json.put("Tty", false)
        .put("OpenStdin", false)
        .put("StdinOnce", false)
        .put("Env", config.env())
        .put("Cmd", orNull(config.cmd()))
        .putUnlessNull("Healthcheck", health(config.healthcheck()))
        .put("Image", "");
    if (config.volumes().isEmpty()) {
      json.put("Volumes", null);
    } else {
      json.putSet("Volumes", config.volumes());
    }
    return json.put("WorkingDir", config.workingDir())
        .put("Entrypoint", orNull(config.entrypoint()))
        .put("OnBuild", orNull(config.onBuild()))
        .put("Labels", config.labels().isEmpty() ? null : config.labels())
        .putUnlessEmpty("StopSignal", config.stopSignal())
        .putUnlessEmpty("Shell", config.shell())
        .build();
  }

  private static @Nullable HealthConfig health(ImageConfig.@Nullable Healthcheck health) {
    return health == null
        ? null
        : new HealthConfig(
            health.test(),
            health.interval().toNanos(),
            health.timeout().toNanos(),
            health.startPeriod().toNanos(),
            health.startInterval().toNanos(),
            health.retries());
  }

  private static @Nullable List<String> orNull(List<String> list) {
    return list.isEmpty() ? null : list;
  }
}
