package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.container.ContainerInsight.NetworkCounters;
import dev.jcompose.engine.container.ContainerInsight.Sample;
import dev.jcompose.engine.container.ContainerRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resource use as the API sends it: a sample and the one before it, from which clients get rates.
 */
public final class StatsView {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private StatsView() {}

  /** One line of the statistics of a container. */
  public static JsonObject of(ContainerRecord container, Sample sample, @Nullable Sample before) {
    boolean running = container.state().hasProcess();
    JsonObject.Builder json =
        JsonObject.builder()
            .put("name", "/" + container.name())
            .put("id", container.id())
            .put("read", running ? sample.read().toString() : NEVER)
            .put("preread", before == null ? NEVER : before.read().toString())
            .put("pids_stats", pids(sample.group()))
            .put("blkio_stats", disks(sample.group()))
            .put("num_procs", 0)
            .put("storage_stats", Map.of())
            .put("cpu_stats", cpu(sample))
            .put("precpu_stats", before == null ? noCpu() : cpu(before))
            .put("memory_stats", running ? memory(sample) : Map.of());
    if (!sample.networks().isEmpty()) {
      Map<String, JsonObject> networks = new LinkedHashMap<>();
      sample.networks().forEach((name, counters) -> networks.put(name, network(counters)));
      json.put("networks", networks);
    }
    return json.build();
  }

  private static JsonObject pids(CgroupStats group) {
    return JsonObject.builder()
        .putUnlessEmpty("current", group.pids())
        .putUnlessEmpty("limit", group.pidsLimit() == Long.MAX_VALUE ? 0 : group.pidsLimit())
        .build();
  }

  private static JsonObject cpu(Sample sample) {
    CgroupStats group = sample.group();
    return JsonObject.builder()
        .put(
            "cpu_usage",
            JsonObject.builder()
                .put("total_usage", group.cpu())
                .putUnlessEmpty("percpu_usage", group.perCpu())
                .put("usage_in_kernelmode", group.cpuSystem())
                .put("usage_in_usermode", group.cpuUser())
                .build())
        .putUnlessEmpty("system_cpu_usage", sample.systemCpu())
        .putUnlessEmpty("online_cpus", sample.onlineCpus())
        .put(
            "throttling_data",
            throttling(group.periods(), group.throttledPeriods(), group.throttled()))
        .build();
  }

  private static JsonObject noCpu() {
    return JsonObject.builder()
        .put(
            "cpu_usage",
            JsonObject.builder()
                .put("total_usage", 0)
                .put("usage_in_kernelmode", 0)
                .put("usage_in_usermode", 0)
                .build())
        .put("throttling_data", throttling(0, 0, 0))
        .build();
  }

  private static JsonObject throttling(long periods, long throttled, long nanos) {
    return JsonObject.builder()
        .put("periods", periods)
        .put("throttled_periods", throttled)
        .put("throttled_time", nanos)
        .build();
  }

  private static JsonObject memory(Sample sample) {
    CgroupStats group = sample.group();
    return JsonObject.builder()
        .put("usage", group.memory())
        .putUnlessEmpty("max_usage", group.version() == 1 ? group.memoryPeak() : 0)
        .put("stats", group.memoryStat())
        .putUnlessEmpty("failcnt", group.memoryFailures())
        .put("limit", Math.min(group.memoryLimit(), sample.machineMemory()))
        .build();
  }

  /** Version 1 counts operations too, under capital names; Docker shows what each version has. */
  private static JsonObject disks(CgroupStats group) {
    List<JsonObject> bytes = new ArrayList<>();
    List<JsonObject> operations = new ArrayList<>();
    boolean first = group.version() == 1;
    for (CgroupStats.BlockTransfer block : group.blocks()) {
      bytes.add(disk(block, first ? "Read" : "read", block.read()));
      bytes.add(disk(block, first ? "Write" : "write", block.written()));
      operations.add(disk(block, "Read", block.reads()));
      operations.add(disk(block, "Write", block.writes()));
    }
    return JsonObject.builder()
        .put("io_service_bytes_recursive", bytes)
        .put("io_serviced_recursive", first ? operations : null)
        .put("io_queue_recursive", null)
        .put("io_service_time_recursive", null)
        .put("io_wait_time_recursive", null)
        .put("io_merged_recursive", null)
        .put("io_time_recursive", null)
        .put("sectors_recursive", null)
        .build();
  }

  private static JsonObject disk(CgroupStats.BlockTransfer block, String operation, long value) {
    return JsonObject.builder()
        .put("major", block.major())
        .put("minor", block.minor())
        .put("op", operation)
        .put("value", value)
        .build();
  }

  private static JsonObject network(NetworkCounters counters) {
    return JsonObject.builder()
        .put("rx_bytes", counters.receivedBytes())
        .put("rx_packets", counters.receivedPackets())
        .put("rx_errors", counters.receivedErrors())
        .put("rx_dropped", counters.receivedDropped())
        .put("tx_bytes", counters.sentBytes())
        .put("tx_packets", counters.sentPackets())
        .put("tx_errors", counters.sentErrors())
        .put("tx_dropped", counters.sentDropped())
        .build();
  }
}
