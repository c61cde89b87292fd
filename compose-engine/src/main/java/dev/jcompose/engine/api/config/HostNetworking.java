package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network side of a container. {@code networkMode} is bridge, host, none, {@code container:ID}
 * or a network's name; {@code portBindings} maps {@code 80/tcp} to host addresses; {@code
 * extraHosts} are {@code name:address}.
 */
public record HostNetworking(
    String networkMode,
    Map<String, List<PortBinding>> portBindings,
    boolean publishAllPorts,
    List<String> dns,
    List<String> dnsOptions,
    List<String> dnsSearch,
    List<String> extraHosts,
    List<String> links)
    implements JsonValue {

  /** The engine's default network, nothing published. */
  public static final HostNetworking DEFAULT =
      new HostNetworking(
          "", Map.of(), false, List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the collections. */
  public HostNetworking {
    portBindings = Collections.unmodifiableMap(new LinkedHashMap<>(portBindings));
    dns = List.copyOf(dns);
    dnsOptions = List.copyOf(dnsOptions);
    dnsSearch = List.copyOf(dnsSearch);
    extraHosts = List.copyOf(extraHosts);
    links = List.copyOf(links);
  }

  static HostNetworking of(JsonObject json) {
    return new HostNetworking(
        json.string("NetworkMode"),
        ports(json.object("PortBindings")),
        json.flag("PublishAllPorts"),
        json.strings("Dns"),
        json.strings("DnsOptions"),
        json.strings("DnsSearch"),
        json.strings("ExtraHosts"),
        json.strings("Links"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("NetworkMode", networkMode)
        .put("PortBindings", portBindings)
        .put("PublishAllPorts", publishAllPorts)
        .put("Dns", dns)
        .put("DnsOptions", dnsOptions)
        .put("DnsSearch", dnsSearch)
        .put("ExtraHosts", extraHosts)
        .put("Links", links.isEmpty() ? null : links)
        .build();
  }

  /** Reads a map of port to bindings; a null list of bindings reads as an empty one. */
  public static Map<String, List<PortBinding>> ports(JsonObject json) {
    Map<String, List<PortBinding>> ports = new LinkedHashMap<>();
    for (String port : json.names()) {
      List<PortBinding> bindings = new ArrayList<>();
      for (JsonObject binding : json.objects(port)) {
        bindings.add(PortBinding.of(binding));
      }
      ports.put(port, List.copyOf(bindings));
    }
    return ports;
  }

  /** The wire form of a container's ports, where one that is not published has null bindings. */
  public static Map<String, @Nullable List<PortBinding>> nullUnpublished(
      Map<String, List<PortBinding>> ports) {
    Map<String, @Nullable List<PortBinding>> wire = new LinkedHashMap<>();
    ports.forEach((port, bindings) -> wire.put(port, bindings.isEmpty() ? null : bindings));
    return wire;
  }
}
