package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls about images. */
public final class ImageCalls {
  private final EngineClient client;

  ImageCalls(EngineClient client) {
    this.client = client;
  }

  /** Lists images. */
  public List<ImageSummary> list(Map<String, ? extends Collection<String>> filters) {
    List<ImageSummary> list = new ArrayList<>();
    for (JsonObject json : client.list(Query.path("images", "json").filters(filters))) {
      list.add(ImageSummary.of(json));
    }
    return list;
  }

  /** Describes an image by reference or id. */
  public ImageInspect inspect(String image) {
    return ImageInspect.of(client.get(Query.path("images", image, "json")));
  }

  /** Gives an image another reference. */
  public void tag(String image, String repository, String tag) {
    client.post(Query.path("images", image, "tag").and("repo", repository).and("tag", tag), null);
  }

  /** Removes a reference and, with the last one, the image. */
  public List<ImageRemoval> remove(String image, boolean force) {
    List<ImageRemoval> removals = new ArrayList<>();
    for (JsonObject json :
        Json.objects(client.delete(Query.path("images", image).and("force", force)))) {
      removals.add(ImageRemoval.of(json));
    }
    return removals;
  }

  /**
   * Pulls an image; the lines tell the progress, a line with {@code error} that it failed.
   *
   * @param credential what the registry is shown
   */
  public JsonLines pull(
      String reference, @Nullable String tag, @Nullable String platform, Credential credential) {
    return client.transfer(
        "POST",
        Query.path("images", "create")
            .and("fromImage", reference)
            .and("tag", tag)
            .and("platform", platform),
        credential);
  }

  /** Pushes an image; the lines are as for {@link #pull}. */
  public JsonLines push(String repository, @Nullable String tag, Credential credential) {
    return client.transfer(
        "POST", Query.path("images", repository, "push").and("tag", tag), credential);
  }

  /**
   * Has a jcompose engine make an image from programs of its own machine.
   *
   * @param programs names found along PATH, or absolute paths
   * @return the new image's id
   */
  public String fromHost(String name, List<String> programs) {
    JsonObject request = JsonObject.builder().put("Name", name).put("Programs", programs).build();
    return client.post(Query.path("jcompose", "images", "from-host"), () -> request).string("Id");
  }
}
