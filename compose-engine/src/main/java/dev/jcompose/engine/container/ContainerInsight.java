package dev.jcompose.engine.container;

import dev.jcompose.engine.cgroup.CgroupStats;
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
   * @param group the container's control group
   * @param systemCpu nanoseconds all processors of the machine spent, idle included
   * @param onlineCpus processors of the machine
   * @param machineMemory bytes, which bound every limit
   * @param networks by interface name in the container
   */
  record Sample(
      Instant read,
      CgroupStats group,
      long systemCpu,
      int onlineCpus,
      long machineMemory,
      Map<String, NetworkCounters> networks) {
    public Sample {
      networks = Map.copyOf(networks);
    }
  }

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
