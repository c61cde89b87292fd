package dev.jcompose.engine.cgroup;

import java.util.List;
import java.util.Map;

/**
 * Counters of a control group. Times are nanoseconds of processor time, sizes bytes; what the host
 * does not count is 0, and a limit that is not set is {@link Long#MAX_VALUE}.
 *
 * @param version of the control groups, 1 or 2: some names on the wire depend on it
 * @param memoryFailures how often the limit of memory was hit
 * @param inactiveFile memory used for files not touched lately, which Docker does not count as used
 * @param memoryStat the kernel's table, {@code memory.stat}
 */
public record CgroupStats(
    int version,
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
    long memoryFailures,
    long inactiveFile,
    Map<String, Long> memoryStat,
    long pids,
    long pidsLimit,
    List<BlockTransfer> blocks) {
  /** The counters of a container that does not run. */
  public static final CgroupStats NONE =
      new CgroupStats(
          2,
          0,
          0,
          0,
          List.of(),
          0,
          0,
          0,
          0,
          0,
          Long.MAX_VALUE,
          0,
          0,
          Map.of(),
          0,
          Long.MAX_VALUE,
          List.of());

  public CgroupStats {
    perCpu = List.copyOf(perCpu);
    memoryStat = Map.copyOf(memoryStat);
    blocks = List.copyOf(blocks);
  }

  /**
   * What was moved from and to one block device.
   *
   * @param read bytes
   * @param written bytes
   * @param reads operations
   * @param writes operations
   */
  public record BlockTransfer(
      int major, int minor, long read, long written, long reads, long writes) {}
}
