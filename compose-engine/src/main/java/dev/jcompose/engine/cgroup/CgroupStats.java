package dev.jcompose.engine.cgroup;

import java.util.List;
import java.util.Map;

/**
 * Counters of a control group. Times are nanoseconds of processor time, sizes bytes; what the host
 * does not count is 0, and a limit that is not set is {@link Long#MAX_VALUE}.
 *
 * @param inactiveFile memory used for files not touched lately, which Docker does not count as used
 * @param memoryStat the kernel's table, {@code memory.stat}
 */
public record CgroupStats(
    long cpu,
    long cpuUser,
    long cpuSystem,
    List<Long> perCpu,
    long periods,
    long throttledPeriods,
    long throttled,
    long memory,
    long memoryPeak,
    long memoryLimit,
    long inactiveFile,
    Map<String, Long> memoryStat,
    long pids,
    long pidsLimit,
    List<BlockTransfer> blocks) {
  public CgroupStats {
    perCpu = List.copyOf(perCpu);
    memoryStat = Map.copyOf(memoryStat);
    blocks = List.copyOf(blocks);
  }

  /** Bytes moved from and to one block device. */
  public record BlockTransfer(int major, int minor, long read, long written) {}
}
