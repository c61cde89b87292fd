package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container may use. Sizes are bytes, times are microseconds, null means no limit of ours.
 *
 * @param nanoCpus thousand millionths of a CPU
 * @param memorySwap memory plus swap, -1 for unlimited swap
 * @param swappiness 0 to 100
 */
public record LimitsSpec(
    @Nullable Long nanoCpus,
    @Nullable Long cpuShares,
    @Nullable Long cpuPeriod,
    @Nullable Long cpuQuota,
    @Nullable Long cpuRealtimePeriod,
    @Nullable Long cpuRealtimeRuntime,
    @Nullable String cpuset,
    @Nullable Long memory,
    @Nullable Long memoryReservation,
    @Nullable Long memorySwap,
    @Nullable Long swappiness,
    @Nullable Boolean oomKillDisable,
    @Nullable Integer oomScoreAdjust,
    @Nullable Long pids,
    @Nullable String cgroupParent,
    List<UlimitSpec> ulimits,
    List<DeviceSpec> devices,
    List<String> deviceCgroupRules,
    List<DeviceRequestSpec> deviceRequests,
    @Nullable BlockIoSpec blockIo) {
  /** No limits. */
  public static final LimitsSpec NONE =
      new LimitsSpec(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          List.of(), List.of(), List.of(), List.of(), null);

  public LimitsSpec {
    ulimits = List.copyOf(ulimits);
    devices = List.copyOf(devices);
    deviceCgroupRules = List.copyOf(deviceCgroupRules);
    deviceRequests = List.copyOf(deviceRequests);
  }

  /** A limit of setrlimit(2), by its name without {@code RLIMIT_}; -1 for unlimited. */
  public record UlimitSpec(String name, long soft, long hard) {}

  /**
   * A device of the host.
   *
   * @param permissions of {@code rwm}
   */
  public record DeviceSpec(String source, String target, String permissions) {}

  /**
   * Devices asked for by what they can do.
   *
   * @param driver null for any
   * @param count -1 for all
   */
  public record DeviceRequestSpec(
      @Nullable String driver,
      long count,
      List<String> deviceIds,
      List<String> capabilities,
      Map<String, String> options) {
    public DeviceRequestSpec {
      deviceIds = List.copyOf(deviceIds);
      capabilities = List.copyOf(capabilities);
      options = Ordered.copy(options);
    }
  }

  /** Weight 10 to 1000 and rates of block devices. */
  public record BlockIoSpec(
      @Nullable Integer weight,
      List<DeviceRate> weightDevices,
      List<DeviceRate> readBytes,
      List<DeviceRate> readOperations,
      List<DeviceRate> writeBytes,
      List<DeviceRate> writeOperations) {
    public BlockIoSpec {
      weightDevices = List.copyOf(weightDevices);
      readBytes = List.copyOf(readBytes);
      readOperations = List.copyOf(readOperations);
      writeBytes = List.copyOf(writeBytes);
      writeOperations = List.copyOf(writeOperations);
    }
  }

  /** A rate (bytes or operations a second) or weight of the device at a path. */
  public record DeviceRate(String path, long rate) {}
}
