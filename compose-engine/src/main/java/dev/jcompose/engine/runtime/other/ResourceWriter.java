package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.cgroup.Limits;
import java.util.List;

/** Writes what a container may use as {@code linux.resources}. */
final class ResourceWriter {
  private ResourceWriter() {}

  static JsonObject resources(CgroupSpec cgroup) {
    Limits limits = cgroup.limits();
    Integer swappiness = limits.swappiness();
    JsonObject memory =
        JsonObject.builder()
            .putUnlessNull("limit", limits.memory())
            .putUnlessNull("swap", limits.memorySwap())
            .putUnlessNull("reservation", limits.memoryReservation())
            .putUnlessNull("swappiness", swappiness == null ? null : (Long) swappiness.longValue())
            .putUnlessEmpty("disableOOMKiller", limits.oomKillDisabled())
            .build();
    JsonObject cpu =
        JsonObject.builder()
            .putUnlessNull("shares", limits.cpuShares())
            .putUnlessNull("quota", limits.cpuQuota())
            .putUnlessNull("period", limits.cpuPeriod())
            .putUnlessNull("cpus", limits.cpus())
            .putUnlessNull("mems", limits.memoryNodes())
            .build();
    JsonObject.Builder builder =
        JsonObject.builder()
            .put("devices", cgroup.devices().stream().map(ResourceWriter::device).toList());
    if (!memory.isEmpty()) {
      builder.put("memory", memory);
    }
    if (!cpu.isEmpty()) {
      builder.put("cpu", cpu);
    }
    if (limits.pids() != null) {
      builder.put("pids", JsonObject.builder().put("limit", limits.pids()).build());
    }
    if (limits.blockWeight() != null || !limits.throttles().isEmpty()) {
      builder.put("blockIO", blockIo(limits));
    }
    return builder.build();
  }

  private static JsonObject device(DeviceRule rule) {
    Integer major = rule.major();
    Integer minor = rule.minor();
    return JsonObject.builder()
        .put("allow", rule.allow())
        .put("type", String.valueOf(rule.type()))
        .putUnlessNull("major", major == null ? null : (Long) major.longValue())
        .putUnlessNull("minor", minor == null ? null : (Long) minor.longValue())
        .put("access", rule.access())
        .build();
  }

  private static JsonObject blockIo(Limits limits) {
    Integer weight = limits.blockWeight();
    JsonObject.Builder builder =
        JsonObject.builder()
            .putUnlessNull("weight", weight == null ? null : (Long) weight.longValue());
    for (Limits.Throttle.Kind kind : Limits.Throttle.Kind.values()) {
      List<JsonObject> figures =
          limits.throttles().stream()
              .filter(throttle -> throttle.kind() == kind)
              .map(throttle -> figure(throttle, kind == Limits.Throttle.Kind.WEIGHT))
              .toList();
      builder.putUnlessEmpty(
          switch (kind) {
            case READ_BYTES -> "throttleReadBpsDevice";
            case WRITE_BYTES -> "throttleWriteBpsDevice";
            case READ_OPERATIONS -> "throttleReadIOPSDevice";
            case WRITE_OPERATIONS -> "throttleWriteIOPSDevice";
            case WEIGHT -> "weightDevice";
          },
          figures);
    }
    return builder.build();
  }

  private static JsonObject figure(Limits.Throttle throttle, boolean weight) {
    return JsonObject.builder()
        .put("major", (long) throttle.major())
        .put("minor", (long) throttle.minor())
        .put(weight ? "weight" : "rate", throttle.rate())
        .build();
  }
}
