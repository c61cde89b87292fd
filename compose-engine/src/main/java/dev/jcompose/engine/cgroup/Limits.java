package dev.jcompose.engine.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container may use. Null, or an empty list, leaves a thing unlimited.
 *
 * @param memory bytes
 * @param memorySwap bytes of memory and swap together; -1 for unlimited swap
 * @param memoryReservation bytes kept when memory is short
 * @param swappiness 0 to 100; version 1 only
 * @param oomKillDisabled version 1 only
 * @param cpuShares relative weight, 1024 is the usual one
 * @param cpuQuota microseconds of processor time per period; -1 for unlimited
 * @param cpuPeriod microseconds, 100000 when null and a quota is given
 * @param cpus a list such as {@code 0-2,4}
 * @param memoryNodes a list such as {@code 0,1}
 * @param pids most processes and threads at once; -1 for unlimited
 * @param blockWeight 10 to 1000
 * @param throttles figures of single block devices
 */
public record Limits(
    @Nullable Long memory,
    @Nullable Long memorySwap,
    @Nullable Long memoryReservation,
    @Nullable Integer swappiness,
    boolean oomKillDisabled,
    @Nullable Long cpuShares,
    @Nullable Long cpuQuota,
    @Nullable Long cpuPeriod,
    @Nullable String cpus,
    @Nullable String memoryNodes,
    @Nullable Long pids,
    @Nullable Integer blockWeight,
    List<Throttle> throttles) {
  public static final Limits NONE =
      new Limits(
          null, null, null, null, false, null, null, null, null, null, null, null, List.of());

  /**
   * Memory alone.
   *
   * @param bytes 0 for no bound
   */
  public static Limits ofMemory(long bytes) {
    return bytes == 0
        ? NONE
        : new Limits(
            bytes, null, null, null, false, null, null, null, null, null, null, null, List.of());
  }

  public Limits {
    throttles = List.copyOf(throttles);
  }

  /**
   * A figure of one block device.
   *
   * @param rate per second, bytes or operations as the kind says; 10 to 1000 for a weight
   */
  public record Throttle(Kind kind, int major, int minor, long rate) {
    /** What is limited. */
    public enum Kind {
      READ_BYTES,
      WRITE_BYTES,
      READ_OPERATIONS,
      WRITE_OPERATIONS,
      WEIGHT
    }
  }
}
