package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.IsolationSpec;
import dev.jcompose.core.port.spec.LimitsSpec;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.limit.Blkio;
import dev.jcompose.core.project.limit.Isolation;
import dev.jcompose.core.project.limit.Limits;
import dev.jcompose.core.project.network.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a service's limits and isolation into those of its containers. */
final class LimitsTranslator {
  private static final double NANOS = 1e9;

  private final Refusals refusals;

  LimitsTranslator(Refusals refusals) {
    this.refusals = refusals;
  }

  IsolationSpec isolation(Service service) {
    Isolation isolation = service.isolation();
    String path = "services." + service.name();
    if (!isolation.credentialSpec().isEmpty()) {
      refuseWindows(path + ".credential_spec");
    }
    if (isolation.useApiSocket()) {
      refusals.refuse(
          path + ".use_api_socket",
          "the engine's socket is not given to containers that way",
          "bind the socket under volumes");
    }
    return new IsolationSpec(
        isolation.privileged(),
        isolation.capAdd(),
        isolation.capDrop(),
        isolation.securityOptions(),
        isolation.sysctls(),
        text(isolation.ipc()),
        text(isolation.pid()),
        text(isolation.uts()),
        text(isolation.usernsMode()),
        isolation.cgroup(),
        isolation.runtime(),
        isolation.isolation());
  }

  LimitsSpec limits(Service service) {
    Limits limits = service.limits();
    String path = "services." + service.name();
    if (limits.cpuCount() != null) {
      refuseWindows(path + ".cpu_count");
    }
    if (limits.cpuPercent() != null) {
      refuseWindows(path + ".cpu_percent");
    }
    Double cpus = limits.cpus();
    return new LimitsSpec(
        cpus == null ? null : Math.round(cpus * NANOS),
        limits.cpuShares(),
        limits.cpuPeriod(),
        limits.cpuQuota(),
        limits.cpuRealtimePeriod(),
        limits.cpuRealtimeRuntime(),
        limits.cpuset(),
        limits.memory(),
        limits.memoryReservation(),
        limits.memorySwap(),
        limits.memorySwappiness(),
        limits.oomKillDisable() ? Boolean.TRUE : null,
        limits.oomScoreAdj(),
        limits.pids(),
        service.isolation().cgroupParent(),
        limits.ulimits().entrySet().stream()
            .map(
                limit ->
                    new LimitsSpec.UlimitSpec(
                        limit.getKey(), limit.getValue().soft(), limit.getValue().hard()))
            .toList(),
        service.storage().devices().stream()
            .filter(device -> !isDescribed(device.source()))
            .map(
                device ->
                    new LimitsSpec.DeviceSpec(
                        device.source(), device.target(), device.permissions()))
            .toList(),
        service.isolation().deviceCgroupRules(),
        deviceRequests(service, limits),
        blockIo(limits.blkio()));
  }

  private static List<LimitsSpec.DeviceRequestSpec> deviceRequests(Service service, Limits limits) {
    List<LimitsSpec.DeviceRequestSpec> requests = new ArrayList<>();
    limits
        .deviceRequests()
        .forEach(
            request ->
                requests.add(
                    new LimitsSpec.DeviceRequestSpec(
                        request.driver(),
                        request.count(),
                        request.deviceIds(),
                        request.capabilities(),
                        request.options())));
    List<String> described =
        service.storage().devices().stream()
            .map(device -> device.source())
            .filter(LimitsTranslator::isDescribed)
            .toList();
    if (!described.isEmpty()) {
      requests.add(new LimitsSpec.DeviceRequestSpec("cdi", 0, described, List.of(), Map.of()));
    }
    return requests;
  }

  /** The name of a device that its vendor describes: {@code vendor.example/class=name}. */
  private static boolean isDescribed(String source) {
    return source.matches(
        "[A-Za-z][A-Za-z0-9._-]*/[A-Za-z][A-Za-z0-9._-]*=[A-Za-z0-9][A-Za-z0-9._:-]*");
  }

  private static LimitsSpec.@Nullable BlockIoSpec blockIo(@Nullable Blkio blkio) {
    return blkio == null
        ? null
        : new LimitsSpec.BlockIoSpec(
            blkio.weight(),
            rates(blkio.weightDevices()),
            rates(blkio.readBps()),
            rates(blkio.readIops()),
            rates(blkio.writeBps()),
            rates(blkio.writeIops()));
  }

  private static List<LimitsSpec.DeviceRate> rates(List<Blkio.Rate> rates) {
    return rates.stream().map(r -> new LimitsSpec.DeviceRate(r.path(), r.rate())).toList();
  }

  private static @Nullable String text(@Nullable Sharing sharing) {
    return sharing == null ? null : sharing.toString();
  }

  private void refuseWindows(String path) {
    refusals.refuse(path, "this setting exists only for Windows containers", "remove it");
  }
}
