package dev.jcompose.core.adapter;

import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.LimitsSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.resources.BlockIo;
import dev.jcompose.engine.api.resources.CpuLimits;
import dev.jcompose.engine.api.resources.DeviceMapping;
import dev.jcompose.engine.api.resources.DeviceRequest;
import dev.jcompose.engine.api.resources.MemoryLimits;
import dev.jcompose.engine.api.resources.Resources;
import dev.jcompose.engine.api.resources.Ulimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes limits as the wire has them, where 0 stands for none. */
final class Limits {
  private Limits() {}

  static Resources of(LimitsSpec limits) {
    if (limits.equals(LimitsSpec.NONE)) {
      return Resources.UNLIMITED;
    }
    return new Resources(
        new CpuLimits(
            number(limits.nanoCpus()),
            number(limits.cpuShares()),
            number(limits.cpuPeriod()),
            number(limits.cpuQuota()),
            number(limits.cpuRealtimePeriod()),
            number(limits.cpuRealtimeRuntime()),
            Requests.text(limits.cpuset()),
            ""),
        new MemoryLimits(
            number(limits.memory()),
            number(limits.memoryReservation()),
            number(limits.memorySwap()),
            limits.swappiness(),
            limits.oomKillDisable()),
        blockIo(limits.blockIo()),
        limits.pids(),
        limits.ulimits().stream()
            .map(limit -> new Ulimit(limit.name(), limit.soft(), limit.hard()))
            .toList(),
        limits.devices().stream()
            .map(
                device -> new DeviceMapping(device.source(), device.target(), device.permissions()))
            .toList(),
        limits.deviceCgroupRules(),
        limits.deviceRequests().stream().map(Limits::request).toList(),
        Requests.text(limits.cgroupParent()));
  }

  /** What can be changed while a container runs; no limit of memory and swap without the other. */
  static Resources of(Adjustable wanted) {
    long swap =
        wanted.memorySwap() == 0 && wanted.memory() > 0 ? 2 * wanted.memory() : wanted.memorySwap();
    return new Resources(
        new CpuLimits(
            wanted.nanoCpus(),
            wanted.cpuShares(),
            wanted.cpuPeriod(),
            wanted.cpuQuota(),
            0,
            0,
            wanted.cpuset(),
            ""),
        new MemoryLimits(wanted.memory(), wanted.memoryReservation(), swap, null, null),
        BlockIo.NONE,
        wanted.pids() == 0 ? null : wanted.pids(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  static Adjustable adjustable(HostConfig config) {
    Resources resources = config.resources();
    Long pids = resources.pidsLimit();
    String policy = config.restartPolicy().name();
    return new Adjustable(
        resources.cpu().nanoCpus(),
        resources.cpu().shares(),
        resources.cpu().period(),
        resources.cpu().quota(),
        resources.cpu().cpusetCpus(),
        resources.memory().limit(),
        resources.memory().reservation(),
        resources.memory().swap(),
        pids == null ? 0 : Math.max(0, pids),
        new RestartSpec(
            policy.isEmpty() ? "no" : policy, config.restartPolicy().maximumRetryCount()));
  }

  private static DeviceRequest request(LimitsSpec.DeviceRequestSpec request) {
    return new DeviceRequest(
        Requests.text(request.driver()),
        Math.toIntExact(request.count()),
        request.deviceIds(),
        List.of(request.capabilities()),
        request.options());
  }

  private static BlockIo blockIo(LimitsSpec.@Nullable BlockIoSpec blockIo) {
    if (blockIo == null) {
      return BlockIo.NONE;
    }
    Integer weight = blockIo.weight();
    return new BlockIo(
        weight == null ? 0 : weight,
        rates(blockIo.weightDevices()),
        rates(blockIo.readBytes()),
        rates(blockIo.writeBytes()),
        rates(blockIo.readOperations()),
        rates(blockIo.writeOperations()));
  }

  private static List<BlockIo.PerDevice> rates(List<LimitsSpec.DeviceRate> rates) {
    return rates.stream().map(rate -> new BlockIo.PerDevice(rate.path(), rate.rate())).toList();
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
