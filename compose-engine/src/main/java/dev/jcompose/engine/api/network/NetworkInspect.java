package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network as it is listed and described; {@code containers} is keyed by container id. */
public record NetworkInspect(
    String name,
    String id,
    String created,
    String scope,
    String driver,
    boolean enableIpv4,
    boolean enableIpv6,
    Ipam ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    Map<String, NetworkMember> containers,
    Map<String, String> options,
    Map<String, String> labels)
    implements JsonValue {

  /** Copies the collections. */
  public NetworkInspect {
    containers = Collections.unmodifiableMap(new LinkedHashMap<>(containers));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Reads the wire form. */
  public static NetworkInspect of(JsonObject json) {
    return new NetworkInspect(
        json.string("Name"),
        json.string("Id"),
        json.string("Created"),
        json.string("Scope"),
        json.string("Driver"),
        json.flag("EnableIPv4"),
        json.flag("EnableIPv6"),
        Ipam.of(json.object("IPAM")),
        json.flag("Internal"),
        json.flag("Attachable"),
        json.flag("Ingress"),
        json.recordMap("Containers", NetworkMember::of),
        json.stringMap("Options"),
        json.stringMap("Labels"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Id", id)
        .put("Created", created)
        .put("Scope", scope)
        .put("Driver", driver)
        .put("EnableIPv4", enableIpv4)
        .put("EnableIPv6", enableIpv6)
        .put("IPAM", ipam)
        .put("Internal", internal)
        .put("Attachable", attachable)
        .put("Ingress", ingress)
        .put("Containers", containers)
        .put("Options", options)
        .put("Labels", labels)
        .build();
  }
}
