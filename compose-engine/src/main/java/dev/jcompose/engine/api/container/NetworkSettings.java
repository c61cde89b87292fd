package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.config.HostNetworking;
import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.network.EndpointSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network side of a container: published ports (a port that is only exposed has no bindings)
 * and endpoints by network name.
 */
public record NetworkSettings(
    String sandboxId,
    String sandboxKey,
    Map<String, List<PortBinding>> ports,
    Map<String, EndpointSettings> networks)
    implements JsonValue {

  /** Copies the collections. */
  public NetworkSettings {
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
  }

  /** Reads the wire form. */
  public static NetworkSettings of(JsonObject json) {
    return new NetworkSettings(
        json.string("SandboxID"),
        json.string("SandboxKey"),
        HostNetworking.ports(json.object("Ports")),
        json.recordMap("Networks", EndpointSettings::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("SandboxID", sandboxId)
        .put("SandboxKey", sandboxKey)
        .put("Ports", HostNetworking.nullUnpublished(ports))
        .put("Networks", networks)
        .build();
  }
}
