package dev.jcompose.core.project.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service's containers may use, after {@code deploy.resources} was taken in. Null means no
 * limit of its own.
 *
 * @param cpus processors, such as 1.5
 * @param cpuShares weight
 * @param cpuPeriod microseconds
 * @param cpuQuota microseconds
 * @param cpuRealtimePeriod microseconds
 * @param cpuRealtimeRuntime microseconds
 * @param cpuset such as {@code 0-2}
 * @param cpuCount processors (Windows)
 * @param cpuPercent percent (Windows)
 * @param memory bytes
 * @param memoryReservation bytes
 * @param memorySwap bytes of memory and swap together; -1 for no bound
 * @param memorySwappiness 0..100
 * @param pids processes; -1 for no bound
 * @param oomKillDisable whether the kernel does not kill on memory shortage
 * @param oomScoreAdj -1000..1000
 * @param ulimits by name
 * @param blkio null for none
 * @param deviceRequests graphics processors asked for, and those of the reservations of {@code
 *     deploy}
 */
public record Limits(
    @Nullable Double cpus,
    @Nullable Long cpuShares,
    @Nullable Long cpuPeriod,
    @Nullable Long cpuQuota,
    @Nullable Long cpuRealtimePeriod,
    @Nullable Long cpuRealtimeRuntime,
    @Nullable String cpuset,
    @Nullable Long cpuCount,
    @Nullable Double cpuPercent,
    @Nullable Long memory,
    @Nullable Long memoryReservation,
    @Nullable Long memorySwap,
    @Nullable Long memorySwappiness,
    @Nullable Long pids,
    boolean oomKillDisable,
    @Nullable Integer oomScoreAdj,
    Map<String, Ulimit> ulimits,
    @Nullable Blkio blkio,
    List<DeviceRequest> deviceRequests) {
  /** No limits. */
  public static final Limits NONE =
      new Limits(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, false,
          null, Map.of(), null, List.of());

  /** Copies the collections. */
  public Limits {
    ulimits = Collections.unmodifiableMap(new LinkedHashMap<>(ulimits));
    deviceRequests = List.copyOf(deviceRequests);
  }
}
