package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.transport.Answer;
import java.io.InputStream;
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
    for (JsonObject json :
        client.list(Query.path("images", "json").filters(filters).and("shared-size", true))) {
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
    return remove(image, force, false);
  }

  /**
   * Removes a reference and, with the last one, the image.
   *
   * @param keepLayers leaves the layers no other image has
   */
  public List<ImageRemoval> remove(String image, boolean force, boolean keepLayers) {
    List<ImageRemoval> removals = new ArrayList<>();
    for (JsonObject json :
        Json.objects(
            client.delete(
                Query.path("images", image).and("force", force).and("noprune", keepLayers)))) {
      removals.add(ImageRemoval.of(json));
    }
    return removals;
  }

  /** Has a jcompose engine take a name off an image, which stays even if it was the last one. */
  public void untag(String name) {
    client.post(Query.path("jcompose", "images", name, "untag"), null);
  }

  /**
   * Has a jcompose engine send a Compose project to a registry.
   *
   * @param files each with {@code Name}, {@code Kind} and {@code Text}
   * @return the digest
   */
  public String publish(String reference, List<JsonObject> files, Credential credential) {
    JsonObject body =
        JsonObject.builder().put("Files", files).put("Auth", credential.header()).build();
    return client.put(Query.path("jcompose", "projects", reference), () -> body).string("Digest");
  }

  /** Has a jcompose engine fetch a project: {@code Digest} and {@code Files}, as they were sent. */
  public JsonObject published(String reference, Credential credential) {
    try (JsonLines answer =
        client.transfer("GET", Query.path("jcompose", "projects", reference), credential)) {
      JsonObject found = answer.next();
      return found == null ? JsonObject.EMPTY : found;
    }
  }

  /** Removes what nobody needs; answers {@code ImagesDeleted} and {@code SpaceReclaimed}. */
  public JsonObject prune(Map<String, ? extends Collection<String>> filters) {
    return client.post(Query.path("images", "prune").filters(filters), null);
  }

  /** The steps an image was made in, newest first. */
  public List<JsonObject> history(String image) {
    return client.list(Query.path("images", image, "history"));
  }

  /** What images, containers and volumes take on disk. */
  public JsonObject usage() {
    return client.get(Query.path("system", "df"));
  }

  /**
   * Reads images as one archive.
   *
   * @param compression {@code gzip} or {@code zstd}, which a jcompose engine has; null for none
   */
  public Answer save(List<String> images, @Nullable String compression) {
    Query query = Query.path("images", "get");
    images.forEach(image -> query.and("names", image));
    return client.open("GET", query.and("compress", compression), null);
  }

  /** Sends an archive of images; the lines tell what was loaded. */
  public JsonLines load(InputStream archive, @Nullable String platform) {
    return new JsonLines(
        client.upload(
            "POST",
            Query.path("images", "load").and("quiet", true).and("platform", platform),
            "application/x-tar",
            archive));
  }

  /** Sends an archive of files; the last line has the new image's id as its {@code status}. */
  public JsonLines importFiles(
      InputStream archive,
      @Nullable String name,
      @Nullable String message,
      List<String> changes,
      @Nullable String platform) {
    Query query =
        Query.path("images", "create")
            .and("fromSrc", "-")
            .and("repo", name)
            .and("message", message)
            .and("platform", platform);
    changes.forEach(change -> query.and("changes", change));
    return new JsonLines(client.upload("POST", query, "application/x-tar", archive));
  }

  /**
   * Makes an image of a container.
   *
   * @param name the new image's; null for none
   * @return the new image's id
   */
  public String commit(
      String container,
      @Nullable String name,
      @Nullable String author,
      @Nullable String message,
      List<String> changes,
      boolean pause) {
    Query query =
        Query.path("commit")
            .and("container", container)
            .and("repo", name)
            .and("author", author)
            .and("comment", message)
            .and("pause", pause ? "1" : "0");
    changes.forEach(change -> query.and("changes", change));
    return client.post(query, null).string("Id");
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
   * Asks an image's registry for the digest of its manifest or index; empty when it tells none.
   *
   * @param image full name with a tag
   */
  public String registryDigest(String image, Credential credential) {
    try (JsonLines answer =
        client.transfer("GET", Query.path("distribution", image, "json"), credential)) {
      JsonObject found = answer.next();
      return found == null ? "" : found.object("Descriptor").string("digest");
    }
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
