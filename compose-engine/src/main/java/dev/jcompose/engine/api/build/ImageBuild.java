package dev.jcompose.engine.api.build;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build whose context is a folder of this machine: a call of jcompose's own, which only a client
 * on the same machine can make. All paths are absolute.
 *
 * @param title what progress lines call it; empty for none
 * @param context the folder
 * @param dockerfile path of the Dockerfile; empty when the text is given
 * @param inline the Dockerfile itself; null when it is a file
 * @param args build arguments
 * @param contexts further contexts by name: a folder, {@code docker-image://…}, {@code
 *     oci-layout://…}
 * @param target stage to build; empty for the last
 * @param labels of the image
 * @param tags names of the image
 * @param noCache whether every step is run
 * @param noCacheFilter stages of which every step is run
 * @param pull whether base images are asked for at their registries
 * @param cacheFrom where steps are looked up besides the engine's own cache
 * @param cacheTo where steps are written to
 * @param sandbox how RUN runs
 * @param secrets content by id, in base 64
 * @param ssh sockets of agents by id
 * @param platform empty for this machine's
 * @param checkOnly whether the Dockerfile is only looked at; the result then names no image
 */
public record ImageBuild(
    String title,
    String context,
    String dockerfile,
    @Nullable String inline,
    Map<String, String> args,
    Map<String, String> contexts,
    String target,
    Map<String, String> labels,
    List<String> tags,
    boolean noCache,
    List<String> noCacheFilter,
    boolean pull,
    List<String> cacheFrom,
    List<String> cacheTo,
    Sandbox sandbox,
    Map<String, String> secrets,
    Map<String, String> ssh,
    String platform,
    boolean checkOnly)
    implements JsonValue {
  /**
   * How RUN runs.
   *
   * @param network {@code default}, {@code host}, {@code none} or a network's name
   * @param extraHosts {@code name:address}
   * @param shmBytes of /dev/shm; 0 for the usual
   * @param ulimits {@code name=soft[:hard]}
   * @param memoryBytes most memory; 0 for no bound
   * @param privileged whether every RUN gets every capability
   * @param entitlements what RUN may ask for
   * @param keepFailed whether an image of the state before a command that fails is kept
   */
  public record Sandbox(
      String network,
      List<String> extraHosts,
      long shmBytes,
      List<String> ulimits,
      long memoryBytes,
      boolean privileged,
      List<String> entitlements,
      boolean keepFailed)
      implements JsonValue {
    public Sandbox {
      extraHosts = List.copyOf(extraHosts);
      ulimits = List.copyOf(ulimits);
      entitlements = List.copyOf(entitlements);
    }

    static Sandbox of(JsonObject json) {
      return new Sandbox(
          json.string("Network"),
          json.strings("ExtraHosts"),
          json.number("ShmSize"),
          json.strings("Ulimits"),
          json.number("Memory"),
          json.flag("Privileged"),
          json.strings("Entitlements"),
          json.flag("KeepFailed"));
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.builder()
          .putUnlessEmpty("Network", network)
          .putUnlessEmpty("ExtraHosts", extraHosts)
          .put("ShmSize", shmBytes)
          .putUnlessEmpty("Ulimits", ulimits)
          .put("Memory", memoryBytes)
          .putUnlessEmpty("Privileged", privileged)
          .putUnlessEmpty("Entitlements", entitlements)
          .putUnlessEmpty("KeepFailed", keepFailed)
          .build();
    }
  }

  public ImageBuild {
    args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    tags = List.copyOf(tags);
    noCacheFilter = List.copyOf(noCacheFilter);
    cacheFrom = List.copyOf(cacheFrom);
    cacheTo = List.copyOf(cacheTo);
    secrets = Map.copyOf(secrets);
    ssh = Map.copyOf(ssh);
  }

  /** Reads the request. */
  public static ImageBuild of(JsonObject json) {
    return new ImageBuild(
        json.string("Title"),
        json.string("Context"),
        json.string("Dockerfile"),
        json.stringOrNull("Inline"),
        json.stringMap("Args"),
        json.stringMap("Contexts"),
        json.string("Target"),
        json.stringMap("Labels"),
        json.strings("Tags"),
        json.flag("NoCache"),
        json.strings("NoCacheFilter"),
        json.flag("Pull"),
        json.strings("CacheFrom"),
        json.strings("CacheTo"),
        Sandbox.of(json.object("Sandbox")),
        json.stringMap("Secrets"),
        json.stringMap("Ssh"),
        json.string("Platform"),
        json.flag("CheckOnly"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("Title", title)
        .put("Context", context)
        .putUnlessEmpty("Dockerfile", dockerfile)
        .putUnlessNull("Inline", inline)
        .putUnlessEmpty("Args", args)
        .putUnlessEmpty("Contexts", contexts)
        .putUnlessEmpty("Target", target)
        .putUnlessEmpty("Labels", labels)
        .putUnlessEmpty("Tags", tags)
        .putUnlessEmpty("NoCache", noCache)
        .putUnlessEmpty("NoCacheFilter", noCacheFilter)
        .putUnlessEmpty("Pull", pull)
        .putUnlessEmpty("CacheFrom", cacheFrom)
        .putUnlessEmpty("CacheTo", cacheTo)
        .put("Sandbox", sandbox)
        .putUnlessEmpty("Secrets", secrets)
        .putUnlessEmpty("Ssh", ssh)
        .putUnlessEmpty("Platform", platform)
        .putUnlessEmpty("CheckOnly", checkOnly)
        .build();
  }
}
