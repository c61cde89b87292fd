package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Devices asked for by what they can do (GPUs). {@code count} -1 means all; {@code capabilities} is
 * an OR list of AND lists.
 */
public record DeviceRequest(
    String driver,
    int count,
    List<String> deviceIds,
    List<List<String>> capabilities,
    Map<String, String> options)
    implements JsonValue {

  /** Copies the collections. */
  public DeviceRequest {
    deviceIds = List.copyOf(deviceIds);
    capabilities = List.copyOf(capabilities);
    options = Map.copyOf(options);
  }

  /** Reads the wire form. */
  public static DeviceRequest of(JsonObject json) {
    List<List<String>> capabilities = new ArrayList<>();
    if (json.get("Capabilities") instanceof List<?> alternatives) {
      for (Object alternative : alternatives) {
        // Wrapped so that the codec checks the inner list.
        capabilities.add(JsonObject.builder().put("c", alternative).build().strings("c"));
      }
    }
    return new DeviceRequest(
        json.string("Driver"),
        json.integer("Count"),
        json.strings("DeviceIDs"),
        capabilities,
        json.stringMap("Options"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Driver", driver)
        .put("Count", count)
        .put("DeviceIDs", deviceIds.isEmpty() ? null : deviceIds)
        .put("Capabilities", capabilities)
        .put("Options", options)
        .build();
  }
}
