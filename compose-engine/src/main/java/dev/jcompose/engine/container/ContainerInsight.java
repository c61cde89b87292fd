package dev.jcompose.engine.container;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A look inside running containers. References are as for {@link Containers}. */
public interface ContainerInsight {
  /** Processes of a container: column titles and one row per process. */
  record ProcessTable(List<String> titles, List<List<String>> rows) {
    public ProcessTable {
      titles = List.copyOf(titles);
      rows = List.copyOf(rows);
    }
  }

  /**
   * The processes of a running container, with pids as the host sees them.
   *
   * @param psArguments what {@code ps} would be given; empty: {@code -ef}
   * @throws dev.jcompose.engine.EngineException.Conflict when it does not run
   */
  ProcessTable top(String reference, String psArguments);

  /**
   * Counters of one moment; rates are for the reader to compute from two of them.
   *
   * @param cpuTotal nanoseconds
   * @param cpuUser nanoseconds
   * @param cpuKernel nanoseconds
   * @param cpuPerProcessor nanoseconds each; empty where the kernel does not say
   * @param systemCpu nanoseconds all processors of the machine spent, idle included
   * @param memoryUsage bytes
   * @param memoryLimit bytes, at most the machine's memory
   * @param memory the cgroup's own memory figures, by their names
   * @param pids processes and threads now
   * @param pidsLimit 0: none
   * @param networks by interface name in the container
   */
  record Sample(
      Instant read,
      long cpuTotal,
      long cpuUser,
      long cpuKernel,
      List<Long> cpuPerProcessor,
      long systemCpu,
      int onlineCpus,
      long throttledPeriods,
      long throttledNanos,
      long periods,
      long memoryUsage,
      long memoryLimit,
      Map<String, Long> memory,
      long pids,
      long pidsLimit,
      List<DiskCounter> disks,
      Map<String, NetworkCounters> networks) {
    public Sample {
      cpuPerProcessor = List.copyOf(cpuPerProcessor);
      memory = Map.copyOf(memory);
      disks = List.copyOf(disks);
      networks = Map.copyOf(networks);
    }
  }

  /** Bytes moved on one device; {@code operation} is {@code read} or {@code write}. */
  record DiskCounter(long major, long minor, String operation, long bytes) {}

  /** Counters of one interface. */
  record NetworkCounters(
      long receivedBytes,
      long receivedPackets,
      long receivedErrors,
      long receivedDropped,
      long sentBytes,
      long sentPackets,
      long sentErrors,
      long sentDropped) {}

  /**
   * Reads the counters of a container now. A container that does not run has zeros and an empty
   * {@code networks}.
   */
  Sample sample(String reference);
}
