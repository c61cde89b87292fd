package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.resources.Resources;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container sits on its host ({@code HostConfig} on the wire, where the groups below are one
 * flat object). A null {@code init} means the engine's default; an empty {@code runtime} too.
 */
public record HostConfig(
    HostStorage storage,
    HostNetworking networking,
    HostIsolation isolation,
    Resources resources,
    RestartPolicy restartPolicy,
    LogConfig logConfig,
    boolean autoRemove,
    @Nullable Boolean init,
    String runtime,
    Map<String, String> annotations)
    implements JsonValue {

  /** Copies the map. */
  public HostConfig {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** Reads the wire form. */
  public static HostConfig of(JsonObject json) {
    return new HostConfig(
        HostStorage.of(json),
        HostNetworking.of(json),
        HostIsolation.of(json),
        Resources.of(json),
        RestartPolicy.of(json.object("RestartPolicy")),
        LogConfig.of(json.object("LogConfig")),
        json.flag("AutoRemove"),
        json.flagOrNull("Init"),
        json.string("Runtime"),
        json.stringMap("Annotations"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putAll(storage)
        .putAll(networking)
        .putAll(isolation)
        .putAll(resources)
        .put("RestartPolicy", restartPolicy)
        .put("LogConfig", logConfig)
        .put("AutoRemove", autoRemove)
        .putUnlessNull("Init", init)
        .putUnlessEmpty("Runtime", runtime)
        .putUnlessEmpty("Annotations", annotations)
        .build();
  }
}
