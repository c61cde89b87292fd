package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.container.ContainerInsight.Sample;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.spec.ContainerSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The members Docker sends for each version of control groups. */
class StatsViewTest {
  private static final ContainerRecord RUNNING =
      new ContainerRecord(
          "a".repeat(64),
          "web",
          Instant.EPOCH,
          ContainerSpec.ofImage("image"),
          "sha256:1",
          List.of("sh"),
          List.of(),
          new ContainerState(
              ContainerState.Status.RUNNING, 7, 1, 0, "", Instant.EPOCH, null, false, false, null),
          List.of(),
          List.of(),
          0);

  private static Sample sample(int version, long cpu, long system) {
    CgroupStats group =
        new CgroupStats(
            version,
            cpu,
            cpu / 2,
            cpu / 2,
            version == 1 ? List.of(cpu, 0L) : List.of(),
            0,
            0,
            0,
            5000,
            6000,
            Long.MAX_VALUE,
            3,
            1000,
            Map.of(version == 1 ? "total_inactive_file" : "inactive_file", 1000L),
            2,
            Long.MAX_VALUE,
            List.of(new CgroupStats.BlockTransfer(8, 0, 10, 20, 1, 2)));
    return new Sample(Instant.EPOCH, group, system, 2, 1_000_000, Map.of());
  }

  private static JsonObject view(Sample sample, @Nullable Sample before) {
    return Json.object(
        new String(Json.bytes(StatsView.of(RUNNING, sample, before)), StandardCharsets.UTF_8));
  }

  /** As docker stats computes it. */
  private static double cpuPercent(JsonObject stats) {
    JsonObject now = stats.object("cpu_stats");
    JsonObject before = stats.object("precpu_stats");
    double used =
        now.object("cpu_usage").number("total_usage")
            - before.object("cpu_usage").number("total_usage");
    double all = now.number("system_cpu_usage") - before.number("system_cpu_usage");
    return used / all * now.number("online_cpus") * 100;
  }

  @Test
  void twoSamplesGiveDockersPercentage() {
    JsonObject stats = view(sample(2, 300, 2000), sample(2, 200, 1000));
    assertThat(cpuPercent(stats)).isEqualTo(20);
  }

  @Test
  void versionOneHasOperationsPeakAndEachProcessor() {
    JsonObject stats = view(sample(1, 300, 2000), null);
    JsonObject memory = stats.object("memory_stats");
    assertThat(memory.number("usage") - memory.object("stats").number("total_inactive_file"))
        .isEqualTo(4000);
    assertThat(memory.number("max_usage")).isEqualTo(6000);
    assertThat(memory.number("failcnt")).isEqualTo(3);
    assertThat(memory.number("limit")).isEqualTo(1_000_000);
    JsonObject disks = stats.object("blkio_stats");
    assertThat(disks.objects("io_service_bytes_recursive"))
        .extracting(entry -> entry.string("op") + " " + entry.number("value"))
        .containsExactly("Read 10", "Write 20");
    assertThat(disks.objects("io_serviced_recursive"))
        .extracting(entry -> entry.string("op") + " " + entry.number("value"))
        .containsExactly("Read 1", "Write 2");
    assertThat(stats.object("cpu_stats").object("cpu_usage").names()).contains("percpu_usage");
  }

  @Test
  void versionTwoHasSmallLettersAndNoneOfThese() {
    JsonObject stats = view(sample(2, 300, 2000), null);
    JsonObject memory = stats.object("memory_stats");
    assertThat(memory.number("usage") - memory.object("stats").number("inactive_file"))
        .isEqualTo(4000);
    assertThat(memory.names()).doesNotContain("max_usage");
    JsonObject disks = stats.object("blkio_stats");
    assertThat(disks.objects("io_service_bytes_recursive"))
        .extracting(entry -> entry.string("op"))
        .containsExactly("read", "write");
    assertThat(disks.objects("io_serviced_recursive")).isEmpty();
    assertThat(stats.object("cpu_stats").object("cpu_usage").names())
        .doesNotContain("percpu_usage");
    assertThat(stats.object("pids_stats").number("current")).isEqualTo(2);
    assertThat(stats.object("pids_stats").names()).doesNotContain("limit");
  }
}
