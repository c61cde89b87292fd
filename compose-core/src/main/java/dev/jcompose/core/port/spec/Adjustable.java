package dev.jcompose.core.port.spec;

import org.jspecify.annotations.Nullable;

/**
 * What of a container can be changed while it runs. Sizes are bytes, times microseconds; 0 and the
 * empty text mean no limit.
 *
 * @param memorySwap memory plus swap; 0 in what is wanted for twice the memory
 */
public record Adjustable(
    long nanoCpus,
    long cpuShares,
    long cpuPeriod,
    long cpuQuota,
    String cpuset,
    long memory,
    long memoryReservation,
    long memorySwap,
    long pids,
    RestartSpec restart) {

  /** What a container asks for. */
  public static Adjustable of(LimitsSpec limits, RestartSpec restart) {
    String cpuset = limits.cpuset();
    return new Adjustable(
        number(limits.nanoCpus()),
        number(limits.cpuShares()),
        number(limits.cpuPeriod()),
        number(limits.cpuQuota()),
        cpuset == null ? "" : cpuset,
        number(limits.memory()),
        number(limits.memoryReservation()),
        number(limits.memorySwap()),
        Math.max(0, number(limits.pids())),
        restart);
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** Whether a container that is like this has what is wanted. */
  public boolean has(Adjustable wanted) {
    return withSwap(0).equals(wanted.withSwap(0))
        && (wanted.memorySwap == memorySwap || (wanted.memorySwap == 0 && swapIsDefault()));
  }

  private boolean swapIsDefault() {
    return memorySwap == 0 || memorySwap == 2 * memory;
  }

  /** Whether a container that is like this can become so; engines take no limit away. */
  public boolean canBecome(Adjustable wanted) {
    return keeps(nanoCpus, wanted.nanoCpus)
        && keeps(cpuShares, wanted.cpuShares)
        && keeps(cpuPeriod, wanted.cpuPeriod)
        && keeps(cpuQuota, wanted.cpuQuota)
        && (cpuset.isEmpty() || !wanted.cpuset.isEmpty())
        && keeps(memory, wanted.memory)
        && keeps(memoryReservation, wanted.memoryReservation)
        && (keeps(memorySwap, wanted.memorySwap) || swapIsDefault())
        && keeps(pids, wanted.pids);
  }

  private static boolean keeps(long now, long wanted) {
    return now == 0 || wanted != 0;
  }

  private Adjustable withSwap(long swap) {
    return new Adjustable(
        nanoCpus,
        cpuShares,
        cpuPeriod,
        cpuQuota,
        cpuset,
        memory,
        memoryReservation,
        swap,
        pids,
        restart);
  }
}
