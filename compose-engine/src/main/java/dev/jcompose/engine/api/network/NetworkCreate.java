package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for a new network. A null {@code enableIpv4} means true. */
public record NetworkCreate(
    String name,
    String driver,
    String scope,
    boolean internal,
    boolean attachable,
    boolean ingress,
    boolean configOnly,
    @Nullable Boolean enableIpv4,
    boolean enableIpv6,
    @Nullable Ipam ipam,
    Map<String, String> options,
    Map<String, String> labels)
    implements JsonValue {

  /** Copies the collections. */
  public NetworkCreate {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** Reads the wire form. */
  public static NetworkCreate of(JsonObject json) {
    return new NetworkCreate(
        json.string("Name"),
        json.string("Driver"),
        json.string("Scope"),
        json.flag("Internal"),
        json.flag("Attachable"),
        json.flag("Ingress"),
        json.flag("ConfigOnly"),
        json.flagOrNull("EnableIPv4"),
        json.flag("EnableIPv6"),
        json.objectOrNull("IPAM") == null ? null : Ipam.of(json.object("IPAM")),
        json.stringMap("Options"),
        json.stringMap("Labels"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Name", name)
        .put("Driver", driver)
        .putUnlessEmpty("Scope", scope)
        .put("Internal", internal)
        .put("Attachable", attachable)
        .putUnlessEmpty("Ingress", ingress)
        .putUnlessEmpty("ConfigOnly", configOnly)
        .putUnlessNull("EnableIPv4", enableIpv4)
        .put("EnableIPv6", enableIpv6)
        .put("IPAM", ipam)
        .put("Options", options)
        .put("Labels", labels)
        .build();
  }
}
