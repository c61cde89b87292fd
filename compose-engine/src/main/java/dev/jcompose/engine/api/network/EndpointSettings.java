package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container on one network: what is asked for ({@code ipam}, {@code links}, {@code aliases},
 * {@code driverOpts}, {@code macAddress}, {@code gwPriority}) and, in answers, what it was given.
 */
public record EndpointSettings(
    @Nullable EndpointIpam ipam,
    List<String> links,
    List<String> aliases,
    String macAddress,
    Map<String, String> driverOpts,
    int gwPriority,
    String networkId,
    String endpointId,
    String gateway,
    String ipAddress,
    int ipPrefixLen,
    String ipv6Gateway,
    String globalIpv6Address,
    int globalIpv6PrefixLen,
    List<String> dnsNames)
    implements JsonValue {

  /** Copies the collections. */
  public EndpointSettings {
    links = List.copyOf(links);
    aliases = List.copyOf(aliases);
    driverOpts = Collections.unmodifiableMap(new LinkedHashMap<>(driverOpts));
    dnsNames = List.copyOf(dnsNames);
  }

  /** Reads the wire form. */
  public static EndpointSettings of(JsonObject json) {
    return new EndpointSettings(
        json.objectOrNull("IPAMConfig") == null ? null : EndpointIpam.of(json.object("IPAMConfig")),
        json.strings("Links"),
        json.strings("Aliases"),
        json.string("MacAddress"),
        json.stringMap("DriverOpts"),
        json.integer("GwPriority"),
        json.string("NetworkID"),
        json.string("EndpointID"),
        json.string("Gateway"),
        json.string("IPAddress"),
        json.integer("IPPrefixLen"),
        json.string("IPv6Gateway"),
        json.string("GlobalIPv6Address"),
        json.integer("GlobalIPv6PrefixLen"),
        json.strings("DNSNames"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("IPAMConfig", ipam)
        .put("Links", links.isEmpty() ? null : links)
        .put("Aliases", aliases.isEmpty() ? null : aliases)
        .put("MacAddress", macAddress)
        .put("DriverOpts", driverOpts.isEmpty() ? null : driverOpts)
        .putUnlessEmpty("GwPriority", gwPriority)
        .put("NetworkID", networkId)
        .put("EndpointID", endpointId)
        .put("Gateway", gateway)
        .put("IPAddress", ipAddress)
        .put("IPPrefixLen", ipPrefixLen)
        .put("IPv6Gateway", ipv6Gateway)
        .put("GlobalIPv6Address", globalIpv6Address)
        .put("GlobalIPv6PrefixLen", globalIpv6PrefixLen)
        .put("DNSNames", dnsNames.isEmpty() ? null : dnsNames)
        .build();
  }

  /** A request for an endpoint with aliases and, when not null, chosen addresses. */
  public static EndpointSettings request(List<String> aliases, @Nullable EndpointIpam ipam) {
    return new EndpointSettings(
        ipam, List.of(), aliases, "", Map.of(), 0, "", "", "", "", 0, "", "", 0, List.of());
  }
}
