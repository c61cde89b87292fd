package dev.jcompose.core.port.view;

/**
 * What a container uses at one moment. Sums count from its start.
 *
 * @param cpuPercent of one processor's time since the measurement before; 0 for the first
 * @param memory bytes, without the page cache that could be dropped
 * @param memoryLimit bytes; the machine's memory when it has no limit
 * @param received bytes over all of its network interfaces
 * @param sent bytes over all of its network interfaces
 * @param read bytes from block devices
 * @param written bytes to block devices
 * @param processes processes and threads
 */
public record UsageView(
    double cpuPercent,
    long memory,
    long memoryLimit,
    long received,
    long sent,
    long read,
    long written,
    long processes) {
  /** The share of the limit in use, in percent; 0 without a limit. */
  public double memoryPercent() {
    return memoryLimit == 0 ? 0 : 100.0 * memory / memoryLimit;
  }
}
