package dev.jcompose.core.adapter;

import dev.jcompose.core.port.stream.UsageReader;
import dev.jcompose.core.port.view.UsageView;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads samples of the statistics call with the formulas of docker's client (engine facts 2.7). */
final class UsageStream implements UsageReader {
  private final JsonLines lines;

  UsageStream(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable UsageView next() {
    JsonObject sample = Calls.call(lines::next);
    return sample == null ? null : usage(sample);
  }

  @Override
  public void close() {
    lines.close();
  }

  static UsageView usage(JsonObject sample) {
    JsonObject memory = sample.object("memory_stats");
    long[] network = new long[2];
    for (JsonObject each : sample.objectMap("networks").values()) {
      network[0] += each.number("rx_bytes");
      network[1] += each.number("tx_bytes");
    }
    long[] block = new long[2];
    for (JsonObject entry : sample.object("blkio_stats").objects("io_service_bytes_recursive")) {
      switch (entry.string("op").toLowerCase(Locale.ROOT)) {
        case "read" -> block[0] += entry.number("value");
        case "write" -> block[1] += entry.number("value");
        default -> {}
      }
    }
    return new UsageView(
        cpuPercent(sample),
        used(memory),
        memory.number("limit"),
        network[0],
        network[1],
        block[0],
        block[1],
        sample.object("pids_stats").number("current"));
  }

  private static double cpuPercent(JsonObject sample) {
    JsonObject now = sample.object("cpu_stats");
    JsonObject before = sample.object("precpu_stats");
    double busy =
        now.object("cpu_usage").number("total_usage")
            - before.object("cpu_usage").number("total_usage");
    double all = now.number("system_cpu_usage") - before.number("system_cpu_usage");
    if (before.number("system_cpu_usage") == 0 || busy <= 0 || all <= 0) {
      return 0;
    }
    return busy / all * Math.max(1, now.number("online_cpus")) * 100;
  }

  // Pages that can be dropped do not count: total_inactive_file on version 1 of control groups,
  // inactive_file on version 2.
  private static long used(JsonObject memory) {
    JsonObject parts = memory.object("stats");
    Long droppable = parts.numberOrNull("total_inactive_file");
    long cache = droppable == null ? parts.number("inactive_file") : droppable;
    long usage = memory.number("usage");
    return cache < usage ? usage - cache : usage;
  }
}
