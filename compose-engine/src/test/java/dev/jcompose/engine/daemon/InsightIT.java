package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients are told of the processes and figures of a running container. */
@Timeout(60)
class InsightIT {
  @AutoClose private static ServedEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() throws Exception {
    engine = ServedEngine.start();
    client = engine.client;
  }

  @AfterEach
  void removeContainers() {
    engine.program.removeContainers();
  }

  private static String started(String line) {
    JsonObject request =
        JsonObject.builder()
            .put("Image", "jcompose/base")
            .put("Cmd", List.of("sh", "-c", line))
            .put(
                "HostConfig",
                JsonObject.builder()
                    .put("NetworkMode", "none")
                    .put("Memory", 64 << 20)
                    .put("PidsLimit", 50)
                    .build())
            .build();
    String id = client.post(Query.path("containers", "create"), () -> request).string("Id");
    client.containers().start(id);
    return id;
  }

  private static Query stats(String id) {
    return Query.path("containers", id, "stats").and("stream", "0");
  }

  private static long processorTime(JsonObject figures) {
    return figures.object("cpu_usage").number("total_usage");
  }

  @Test
  void aSampleCarriesTheOneBeforeItUnlessOnlyOneIsAskedFor() {
    String id = started("while :; do :; done");
    await().until(() -> processorTime(client.get(stats(id)).object("cpu_stats")) > 0);

    JsonObject one = client.get(stats(id).and("one-shot", true));
    assertThat(processorTime(one.object("precpu_stats"))).isZero();
    assertThat(one.object("memory_stats").number("limit")).isEqualTo(64 << 20);
    assertThat(one.object("memory_stats").number("usage")).isPositive();
    assertThat(one.object("pids_stats").number("current")).isEqualTo(1);
    assertThat(one.object("pids_stats").number("limit")).isEqualTo(50);

    JsonObject two = client.get(stats(id));
    long before = processorTime(two.object("precpu_stats"));
    assertThat(before).isGreaterThanOrEqualTo(processorTime(one.object("cpu_stats")));
    assertThat(processorTime(two.object("cpu_stats"))).isGreaterThan(before);
    // Docker's formula: its share of the time that all processors had meanwhile.
    long machine =
        two.object("cpu_stats").number("system_cpu_usage")
            - two.object("precpu_stats").number("system_cpu_usage");
    double share = (processorTime(two.object("cpu_stats")) - before) / (double) machine;
    double most = 1.2 / two.object("cpu_stats").number("online_cpus");
    assertThat(share).isPositive().isLessThan(most);
  }

  @Test
  void theProcessesAreListedWithTheColumnsAskedFor() {
    String id = started("sleep 4711 & exec sleep 4712");
    await()
        .untilAsserted(
            () -> {
              JsonObject usual = client.get(Query.path("containers", id, "top"));
              assertThat(usual.strings("Titles")).startsWith("UID", "PID", "PPID").endsWith("CMD");
              assertThat(String.valueOf(usual.get("Processes")))
                  .contains("sleep 4711")
                  .contains("sleep 4712");
            });
    JsonObject chosen =
        client.get(Query.path("containers", id, "top").and("ps_args", "-o pid,args"));
    assertThat(chosen.strings("Titles")).containsExactly("PID", "COMMAND");
    assertThat((List<?>) chosen.get("Processes")).hasSize(2);
    client.containers().kill(id, "KILL");
    await().until(() -> !client.containers().inspect(id).state().running());
    assertThatThrownBy(() -> client.get(Query.path("containers", id, "top")))
        .hasMessageContaining("is not running");
  }
}
