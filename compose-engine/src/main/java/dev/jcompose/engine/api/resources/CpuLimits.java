package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * Processor limits; 0 or "" means none. {@code nanoCpus} is billionths of a processor; periods,
 * quotas and runtimes are microseconds; {@code shares} is the relative weight (1024 is usual).
 */
public record CpuLimits(
    long nanoCpus,
    long shares,
    long period,
    long quota,
    long realtimePeriod,
    long realtimeRuntime,
    String cpusetCpus,
    String cpusetMems)
    implements JsonValue {

  /** No limit. */
  public static final CpuLimits NONE = new CpuLimits(0, 0, 0, 0, 0, 0, "", "");

  static CpuLimits of(JsonObject json) {
    return new CpuLimits(
        json.number("NanoCpus"),
        json.number("CpuShares"),
        json.number("CpuPeriod"),
        json.number("CpuQuota"),
        json.number("CpuRealtimePeriod"),
        json.number("CpuRealtimeRuntime"),
        json.string("CpusetCpus"),
        json.string("CpusetMems"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("NanoCpus", nanoCpus)
        .put("CpuShares", shares)
        .put("CpuPeriod", period)
        .put("CpuQuota", quota)
        .put("CpuRealtimePeriod", realtimePeriod)
        .put("CpuRealtimeRuntime", realtimeRuntime)
        .put("CpusetCpus", cpusetCpus)
        .put("CpusetMems", cpusetMems)
        .build();
  }
}
