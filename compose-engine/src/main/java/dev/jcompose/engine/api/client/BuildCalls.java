package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.build.ImageBuild;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.Answer;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Calls about builds. */
public final class BuildCalls {
  private final EngineClient client;

  BuildCalls(EngineClient client) {
    this.client = client;
  }

  /**
   * Has a jcompose engine of this machine build an image; the lines are {@link
   * dev.jcompose.engine.api.build.BuildEvent}s. Closing them gives the build up.
   */
  public JsonLines build(ImageBuild build) {
    return client.lines("POST", Query.path("jcompose", "build"), build);
  }

  /**
   * Has any engine build an image as Docker's first builder does; the lines have {@code stream},
   * {@code status}, {@code aux} or {@code error}. Closing them gives the build up.
   *
   * @param parameters of {@code POST /build}; see {@link #classic()}
   * @param headers each {@code Name: value}
   * @param context a tar archive; empty when the parameters name another
   */
  public JsonLines classic(Query parameters, List<String> headers, InputStream context) {
    return new JsonLines(client.upload("POST", parameters, "application/x-tar", headers, context));
  }

  /** The beginning of the parameters of {@link #classic(Query, List, InputStream)}. */
  public static Query classic() {
    return Query.path("build").and("version", "1");
  }

  /**
   * Reads the files of a cache mount as a tar archive.
   *
   * @param id the beginning of its id, or its id in the Dockerfile
   */
  public Answer mount(String id) {
    return client.open("GET", Query.path("jcompose", "build", "mount").and("id", id), null);
  }

  /**
   * Removes what builds keep for the next ones.
   *
   * @param all also steps whose layers images have
   * @param filters values by key
   * @param keepBytes what stays; 0 for nothing
   * @return {@code CachesDeleted} and {@code SpaceReclaimed}
   */
  public JsonObject prune(boolean all, Map<String, List<String>> filters, long keepBytes) {
    Query query = Query.path("build", "prune").and("all", all).filters(filters);
    return client.post(
        keepBytes == 0 ? query : query.and("keep-storage", Long.toString(keepBytes)), null);
  }
}
