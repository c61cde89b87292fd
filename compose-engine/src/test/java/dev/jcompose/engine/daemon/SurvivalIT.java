package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.CgroupLayout;
import dev.jcompose.engine.cgroup.Hierarchy;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine is a process of its own here, so that it can be killed. */
class SurvivalIT {
  private Path root = Path.of("/nonexistent");
  private EngineProgram engine;

  @BeforeEach
  void start() throws IOException {
    root = Files.createTempDirectory("jcompose-survival");
    engine = EngineProgram.start(root);
  }

  @AfterEach
  void stop() throws Exception {
    if (engine != null) {
      if (!engine.isAlive()) {
        engine.startAgain();
      }
      try (EngineClient client = engine.client()) {
        for (JsonObject each : client.list(Query.path("containers", "json").and("all", true))) {
          client.containers().remove(each.string("Id"), true, true);
        }
      }
      engine.close();
      String parent = StateDirectory.of(root).identity().cgroupParent();
      for (Hierarchy hierarchy : CgroupLayout.ofHost().hierarchies()) {
        assertThat(Path.of(hierarchy.mountPoint() + parent)).doesNotExist();
      }
      FileTrees.delete(root);
    }
  }

  private String run(String name, String script, String more) {
    try (EngineClient client = engine.client()) {
      JsonObject body =
          Json.object(
              "{\"Image\":\"jcompose/base\",\"Cmd\":[\"sh\",\"-c\","
                  + Json.print(script)
                  + "],\"HostConfig\":{"
                  + more
                  + "}}");
      String id =
          client
              .post(Query.path("containers", "create").and("name", name), () -> body)
              .string("Id");
      client.containers().start(id);
      return id;
    }
  }

  private JsonObject inspect(String id) {
    try (EngineClient client = engine.client()) {
      return client.get(Query.path("containers", id, "json"));
    }
  }

  private String logs(String id) throws IOException {
    try (EngineClient client = engine.client();
        var answer =
            client.open(
                "GET",
                Query.path("containers", id, "logs").and("stdout", true).and("stderr", true),
                null);
        InputStream in = answer.body()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void containersOutliveAKilledEngineWithTheirOutputAndExitCode() throws Exception {
    String id =
        run(
            "survivor",
            "echo before; while [ ! -e /tmp/go ]; do sleep 0.05; echo tick >> /tmp/ticks; echo"
                + " tick; done; exit 42",
            "");
    await().until(() -> logs(id).contains("tick"));
    long pid = inspect(id).object("State").number("Pid");
    engine.kill();
    // What is written while no engine is there waits in the pipe.
    Path written = Path.of("/proc/" + pid + "/root/tmp/ticks");
    long atTheKill = Files.size(written);
    await().until(() -> Files.size(written) > atTheKill + 20);
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).contains(true);
    long ticks = logs0().lines().filter(line -> line.contains("tick")).count();
    engine.startAgain();
    assertThat(inspect(id).object("State").number("Pid")).isEqualTo(pid);
    assertThat(inspect(id).object("State").string("Status")).isEqualTo("running");
    await().until(() -> logs(id).lines().filter(line -> line.contains("tick")).count() > ticks + 3);
    execTouch(id);
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> inspect(id).object("State").string("Status").equals("exited"));
    assertThat(inspect(id).object("State").integer("ExitCode")).isEqualTo(42);
    assertThat(logs(id)).contains("before");
  }

  private String logs0() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var containers = Files.list(root.resolve("containers"))) {
      for (Path container : containers.toList()) {
        for (String aside : List.of(".2", ".1", "")) {
          Path file = container.resolve("json.log" + aside);
          all.append(Files.exists(file) ? Files.readString(file) : "");
        }
      }
    }
    return all.toString();
  }

  private void execTouch(String id) {
    try (EngineClient client = engine.client()) {
      JsonObject body = Json.object("{\"Cmd\":[\"touch\",\"/tmp/go\"]}");
      String exec = client.post(Query.path("containers", id, "exec"), () -> body).string("Id");
      client.execs().startDetached(exec, false);
    }
  }

  @Test
  void noLineIsLostHoweverOftenTheEngineIsKilledWhileItReads() throws Exception {
    String id =
        run(
            "writer",
            "i=0; while [ ! -e /tmp/go ]; do echo line $i; i=$((i+1)); case $i in *00) sleep 0.01;;"
                + " esac; done; echo end $i; sleep 100",
            "");
    for (int round = 0; round < 4; round++) {
      int written = logs0().length();
      await().until(() -> logs0().length() > written + 9999);
      engine.killAndStartAgain();
      assertThat(inspect(id).object("State").string("Status")).isEqualTo("running");
    }
    execTouch(id);
    await().until(() -> logs0().contains("end "));
    // A line may come twice after a kill, but none may be missing.
    long expected = 0;
    for (String line : logs0().lines().toList()) {
      if (line.contains("\"line ")) {
        long number =
            Long.parseLong(line.substring(line.indexOf("line ") + 5, line.indexOf("\\n\"")));
        assertThat(number).isLessThanOrEqualTo(expected);
        expected = Math.max(expected, number + 1);
      }
    }
    assertThat(expected).isGreaterThan(1000);
  }

  @Test
  void aContainerThatEndsWhileNoEngineIsThereIsSettledAndRestartedByItsPolicy() throws Exception {
    String once = run("once", "sleep 100", "");
    String always = run("always", "sleep 100", "\"RestartPolicy\":{\"Name\":\"unless-stopped\"}");
    long first = inspect(once).object("State").number("Pid");
    long second = inspect(always).object("State").number("Pid");
    engine.kill();
    ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
    ProcessHandle.of(second).ifPresent(ProcessHandle::destroyForcibly);
    await()
        .until(
            () ->
                ProcessHandle.of(first).filter(ProcessHandle::isAlive).isEmpty()
                    && ProcessHandle.of(second).filter(ProcessHandle::isAlive).isEmpty());
    engine.startAgain();
    await().until(() -> inspect(once).object("State").string("Status").equals("exited"));
    assertThat(inspect(once).object("State").integer("ExitCode")).isEqualTo(137);
    await()
        .until(
            () ->
                inspect(always).object("State").string("Status").equals("running")
                    && inspect(always).object("State").number("Pid") != second);
  }

  @Test
  void publishedPortsAndNamesWorkAgainAfterTheEngineWasKilled() throws Exception {
    String id = run("named", "sleep 100", "\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"0\"}]}");
    String port =
        inspect(id)
            .object("NetworkSettings")
            .object("Ports")
            .objects("80/tcp")
            .getFirst()
            .string("HostPort");
    engine.killAndStartAgain();
    assertThat(
            inspect(id)
                .object("NetworkSettings")
                .object("Ports")
                .objects("80/tcp")
                .getFirst()
                .string("HostPort"))
        .isEqualTo(port);
    try (EngineClient client = engine.client()) {
      client.containers().stop(id, 0, null);
    }
  }

  @Test
  void halfMadeContainersAreClearedAway() throws Exception {
    engine.kill();
    Path half = root.resolve("containers").resolve("a".repeat(64));
    Files.createDirectories(half.resolve("upper/x"));
    Path record = root.resolve("containers").resolve("b".repeat(64));
    Files.createDirectories(record);
    Files.writeString(record.resolve("state.json.new"), "{\"id\":");
    Files.createDirectories(root.resolve("volumes/half/_data"));
    engine.startAgain();
    try (EngineClient client = engine.client()) {
      assertThat(client.list(Query.path("containers", "json").and("all", true))).isEmpty();
    }
    assertThat(half).doesNotExist();
    assertThat(record).doesNotExist();
    assertThat(root.resolve("volumes/half")).doesNotExist();
  }

  @Test
  void onlyOneEngineServesARootAndTheSecondLeavesWithoutAnError() throws Exception {
    assertThat(engine.second()).isZero();
    assertThat(engine.isAlive()).isTrue();
  }

  @Test
  void sigtermEndsItInOrderAndTakesSocketAndPidFileAlong() throws Exception {
    engine.end();
    assertThat(engine.state.socket()).doesNotExist();
    assertThat(engine.state.pidFile()).doesNotExist();
    assertThat(engine.log()).last().asString().contains("the engine ends");
  }
}
