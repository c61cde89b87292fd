package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.config.ContainerConfig;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.network.EndpointSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request for a new container. On the wire the container configuration is the object itself;
 * {@code endpoints} are keyed by network name, the name or id the networks were created with.
 */
public record CreateRequest(
    ContainerConfig config, HostConfig hostConfig, Map<String, EndpointSettings> endpoints)
    implements JsonValue {

  /** Copies the map. */
  public CreateRequest {
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
  }

  /** Reads the wire form. */
  public static CreateRequest of(JsonObject json) {
    return new CreateRequest(
        ContainerConfig.of(json),
        HostConfig.of(json.object("HostConfig")),
        json.object("NetworkingConfig").recordMap("EndpointsConfig", EndpointSettings::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putAll(config)
        .put("HostConfig", hostConfig)
        .put("NetworkingConfig", Map.of("EndpointsConfig", endpoints))
        .build();
  }
}
