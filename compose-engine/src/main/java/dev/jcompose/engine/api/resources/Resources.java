package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits and devices of a container. Null or non-positive {@code pidsLimit} means no limit; an
 * empty {@code cgroupParent} the engine's own.
 */
public record Resources(
    CpuLimits cpu,
    MemoryLimits memory,
    BlockIo blockIo,
    @Nullable Long pidsLimit,
    List<Ulimit> ulimits,
    List<DeviceMapping> devices,
    List<String> deviceCgroupRules,
    List<DeviceRequest> deviceRequests,
    String cgroupParent)
    implements JsonValue {

  /** No limit, no device. */
  public static final Resources UNLIMITED = of(JsonObject.EMPTY);

  /** Copies the lists. */
  public Resources {
    ulimits = List.copyOf(ulimits);
    devices = List.copyOf(devices);
    deviceCgroupRules = List.copyOf(deviceCgroupRules);
    deviceRequests = List.copyOf(deviceRequests);
  }

  /** Reads the wire form, the flat members of a host configuration. */
  public static Resources of(JsonObject json) {
    return new Resources(
        CpuLimits.of(json),
        MemoryLimits.of(json),
        BlockIo.of(json),
        json.numberOrNull("PidsLimit"),
        json.records("Ulimits", Ulimit::of),
        json.records("Devices", DeviceMapping::of),
        json.strings("DeviceCgroupRules"),
        json.records("DeviceRequests", DeviceRequest::of),
        json.string("CgroupParent"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putAll(cpu)
        .putAll(memory)
        .putAll(blockIo)
        .put("PidsLimit", pidsLimit)
        .put("Ulimits", ulimits.isEmpty() ? null : ulimits)
        .put("Devices", devices)
        .put("DeviceCgroupRules", deviceCgroupRules.isEmpty() ? null : deviceCgroupRules)
        .put("DeviceRequests", deviceRequests.isEmpty() ? null : deviceRequests)
        .put("CgroupParent", cgroupParent)
        .build();
  }
}
