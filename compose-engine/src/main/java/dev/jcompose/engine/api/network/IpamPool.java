package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One subnet of a network in CIDR form, with the range to allocate from and the gateway; empty
 * members are chosen by the engine.
 */
public record IpamPool(
    String subnet, String ipRange, String gateway, Map<String, String> auxiliaryAddresses)
    implements JsonValue {

  /** Copies the collections. */
  public IpamPool {
    auxiliaryAddresses = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaryAddresses));
  }

  /** Reads the wire form. */
  public static IpamPool of(JsonObject json) {
    return new IpamPool(
        json.string("Subnet"),
        json.string("IPRange"),
        json.string("Gateway"),
        json.stringMap("AuxiliaryAddresses"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Subnet", subnet)
        .putUnlessEmpty("IPRange", ipRange)
        .putUnlessEmpty("Gateway", gateway)
        .putUnlessEmpty("AuxiliaryAddresses", auxiliaryAddresses)
        .build();
  }
}
