package dev.jcompose.engine.api.network;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a network gets its addresses. */
public record Ipam(String driver, Map<String, String> options, List<IpamPool> pools)
    implements JsonValue {

  /** Copies the collections. */
  public Ipam {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    pools = List.copyOf(pools);
  }

  /** Reads the wire form. */
  public static Ipam of(JsonObject json) {
    return new Ipam(
        json.string("Driver"), json.stringMap("Options"), json.records("Config", IpamPool::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Driver", driver)
        .put("Options", options.isEmpty() ? null : options)
        .put("Config", pools)
        .build();
  }

  /** The engine's own driver choosing the subnet. */
  public static final Ipam DEFAULT = new Ipam("default", Map.of(), List.of());
}
