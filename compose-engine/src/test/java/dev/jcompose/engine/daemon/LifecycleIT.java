package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers.WaitCondition;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventSubscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleIT {
  @AutoClose private static TestEngine engine;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  private static ContainerSpec program(String... words) {
    return TestEngine.alone("").withProcess(ProcessSettings.NONE.withCommand(words));
  }

  private static ContainerRecord get(String id) {
    return engine.parts.containers.get(id);
  }

  @Test
  void keepsOutputAndExitCode() throws Exception {
    TestEngine.Finished end = engine.run(TestEngine.alone("echo out; echo err >&2; exit 3"));
    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.output().lines()).containsExactlyInAnyOrder("out", "err");
    assertThat(get(end.id()).state().status()).isEqualTo(Status.EXITED);
  }

  @Test
  void losesNoneOfTenThousandLinesWrittenJustBeforeTheEnd() throws Exception {
    TestEngine.Finished end =
        engine.run(
            TestEngine.alone("i=0; while [ $i -lt 10000 ]; do echo line $i; i=$((i+1)); done"));
    assertThat(end.output().lines()).hasSize(10_000).last().isEqualTo("line 9999");
  }

  @Test
  void runsOnTheDefaultBridgeUnderItsShortIdAsHostname() throws Exception {
    TestEngine.Finished end = engine.run(TestEngine.shell("hostname; cat /etc/hosts"));
    assertThat(end.output()).startsWith(end.id().substring(0, 12)).contains("\t");
  }

  @Test
  void aMissingProgramIs127AndLeavesTheContainerCreated() {
    String id = engine.create(program("no-such-program"));
    assertThatThrownBy(() -> engine.parts.containers.start(id))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("executable file not found");
    assertThat(get(id).state().exitCode()).isEqualTo(127);
    assertThat(get(id).state().status()).isEqualTo(Status.CREATED);
  }

  @Test
  void aProgramThatCannotBeExecutedIs126() {
    String id = engine.create(program("/etc/passwd"));
    assertThatThrownBy(() -> engine.parts.containers.start(id))
        .hasMessageContaining("permission denied");
    assertThat(get(id).state().exitCode()).isEqualTo(126);
  }

  @Test
  void stopKillsWhatIgnoresTheStopSignalAndTellsEventsInDockersOrder() throws Exception {
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      String id = engine.create(TestEngine.shell("sleep 100"));
      engine.parts.containers.start(id);
      engine.parts.containers.stop(id, 1, null);
      assertThat(get(id).state().exitCode()).isEqualTo(137);
      assertThatThrownBy(() -> engine.parts.containers.stop(id, 1, null))
          .isInstanceOf(EngineException.NotModified.class);
      engine.parts.containers.remove(id, false, false);
      List<String> seen = new ArrayList<>();
      for (Event e = next(events); ; e = next(events)) {
        if (e.id().equals(id) || id.equals(e.attributes().get("container"))) {
          seen.add(e.type().text() + " " + e.action());
          if (e.action().equals("destroy")) {
            break;
          }
        }
      }
      assertThat(seen)
          .containsExactly(
              "container create",
              "network connect",
              "container start",
              "container kill",
              "container kill",
              "container die",
              "network disconnect",
              "container stop",
              "container destroy");
    }
  }

  private static Event next(EventSubscription events) throws InterruptedException {
    return Objects.requireNonNull(events.next());
  }

  @Test
  void stopSignalEndsAProgramThatListens() throws Exception {
    String id =
        engine.create(
            TestEngine.alone("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done"));
    engine.parts.containers.start(id);
    await().until(() -> engine.logs(id).contains("ready"));
    engine.parts.containers.stop(id, 10, null);
    assertThat(get(id).state().exitCode()).isEqualTo(7);
  }

  @Test
  void waitersSeeTheExitThatComesAfterTheyRegistered() throws Exception {
    String id = engine.create(TestEngine.alone("exit 5"));
    var next = engine.parts.containers.await(id, WaitCondition.NEXT_EXIT);
    var removed = engine.parts.containers.await(id, WaitCondition.REMOVED);
    assertThat(engine.parts.containers.await(id, WaitCondition.NOT_RUNNING)).isCompleted();
    engine.parts.containers.start(id);
    assertThat(next.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(5);
    engine.parts.containers.remove(id, false, false);
    assertThat(removed.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(5);
  }

  @Test
  void restartPolicyStartsAgainUntilItsRetriesAreUsed() {
    String id =
        engine.create(
            TestEngine.alone("exit 1")
                .withLimits(
                    HostResources.UNLIMITED, new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 2)));
    engine.parts.containers.start(id);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(id).restartCount() == 2 && get(id).state().status() == Status.EXITED);
  }

  @Test
  void stopByHandEndsTheRestarts() {
    String id =
        engine.create(
            TestEngine.alone("sleep 0.05; exit 1")
                .withLimits(
                    HostResources.UNLIMITED, new RestartPolicy(RestartPolicy.Name.ALWAYS, 0)));
    engine.parts.containers.start(id);
    await().until(() -> get(id).restartCount() >= 1);
    engine.parts.containers.stop(id, 0, null);
    assertThat(get(id).state().status()).isEqualTo(Status.EXITED);
  }

  @Test
  void execRunsInsideAndTellsItsExitCode() throws Exception {
    String id = engine.create(TestEngine.alone("sleep 100"));
    engine.parts.containers.start(id);
    String exec =
        engine.parts.execs.create(
            id,
            new Execs.ExecRequest(
                List.of("sh", "-c", "read line; echo got $line $MORE; exit 4"),
                List.of("MORE=x"),
                "",
                "",
                false,
                true,
                true,
                true,
                false,
                ""));
    StringBuilder output = new StringBuilder();
    try (Attachment attachment = engine.parts.execs.start(exec, 0, 0)) {
      byte[] input = "hello\n".getBytes(UTF_8);
      attachment.write(input, 0, input.length);
      attachment.closeInput();
      for (OutputChunk c = attachment.read(); c != null; c = attachment.read()) {
        output.append(UTF_8.decode(c.bytes()));
      }
    }
    assertThat(output.toString()).isEqualTo("got hello x\n");
    await().untilAsserted(() -> assertThat(engine.parts.execs.get(exec).exitCode()).isEqualTo(4));
    engine.parts.containers.kill(id, null);
  }

  @Test
  void healthIsProbedAtOnceAndSoonAgain() {
    Healthcheck check =
        new Healthcheck(
            List.of("CMD-SHELL", "test -e /tmp/ready"),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ZERO,
            3);
    String id =
        engine.create(
            TestEngine.alone("sleep 0.5; touch /tmp/ready; sleep 100").withHealthcheck(check));
    Instant began = Instant.now();
    engine.parts.containers.start(id);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                Objects.requireNonNull(get(id).state().health()).status() == Health.Status.HEALTHY);
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertThat(Objects.requireNonNull(get(id).state().health()).failingStreak()).isZero();
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void fillsANewNamedVolumeFromTheImageAndKeepsWhatIsWritten() throws Exception {
    MountRequest volume =
        new MountRequest.NamedVolume(
            "it-volume", "/etc", false, false, "", "", Map.of(), Map.of(), null);
    TestEngine.Finished first =
        engine.run(
            TestEngine.alone("ls /etc | grep -c passwd; echo mine > /etc/mine")
                .withMounts(List.of(volume)));
    assertThat(first.output()).isEqualTo("1\n");
    TestEngine.Finished second =
        engine.run(TestEngine.alone("cat /etc/mine").withMounts(List.of(volume)));
    assertThat(second.output()).isEqualTo("mine\n");
    assertThatThrownBy(() -> engine.parts.volumes.remove("it-volume", false))
        .isInstanceOf(EngineException.Conflict.class);
    engine.parts.containers.remove(first.id(), false, false);
    engine.parts.containers.remove(second.id(), false, false);
    engine.parts.volumes.remove("it-volume", false);
  }

  @Test
  void bindsShowTheHostsFilesAndReadOnlyOnesCannotBeWritten() throws Exception {
    Files.writeString(directory.resolve("file"), "of the host\n");
    MountRequest bind =
        new MountRequest.Bind(directory.toString(), "/data", true, false, "", false, true, null);
    TestEngine.Finished end =
        engine.run(
            TestEngine.alone("cat /data/file; echo x > /data/new || echo refused")
                .withMounts(
                    List.of(bind, new MountRequest.Tmpfs("/scratch", false, 0, null, null))));
    assertThat(end.output()).contains("of the host\n").contains("refused\n");
  }

  @Test
  void aMissingBindSourceIsSaidBeforeAnythingRuns() {
    MountRequest bind =
        new MountRequest.Bind("/no/such/place", "/data", false, false, "", false, true, null);
    String id = engine.create(TestEngine.alone("true").withMounts(List.of(bind)));
    assertThatThrownBy(() -> engine.parts.containers.start(id))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("bind source path does not exist: /no/such/place");
  }

  @Test
  void autoRemoveLeavesNothing() throws Exception {
    String id = engine.create(TestEngine.alone("true").withAutoRemove(true));
    var removed = engine.parts.containers.await(id, WaitCondition.REMOVED);
    engine.parts.containers.start(id);
    removed.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> get(id)).isInstanceOf(EngineException.NotFound.class);
    assertThat(engine.state.container(id).directory()).doesNotExist();
    assertThat(engine.state.container(id).run()).doesNotExist();
  }

  @Test
  void attachedClientsSeeOutputFromTheFirstByteAndSendInput() throws Exception {
    ProcessSettings settings =
        new ProcessSettings(
            null,
            List.of("sh", "-c", "read name; echo hello $name"),
            List.of(),
            "",
            "",
            List.of(),
            new ProcessSettings.Stdio(false, true, true, true, true, true),
            "",
            null,
            List.of());
    String id = engine.create(TestEngine.alone("").withProcess(settings));
    var attached =
        engine.parts.streams.attach(
            id,
            new dev.jcompose.engine.container.ContainerStreams.AttachRequest(
                true, true, true, true, false));
    engine.parts.containers.start(id);
    attached.write("you\n".getBytes(UTF_8), 0, 4);
    attached.closeInput();
    StringBuilder output = new StringBuilder();
    for (OutputChunk c = attached.read(); c != null; c = attached.read()) {
      output.append(UTF_8.decode(c.bytes()));
    }
    assertThat(output.toString()).isEqualTo("hello you\n");
  }

  @Test
  void aTerminalIsATerminal() throws Exception {
    ProcessSettings settings =
        new ProcessSettings(
            null,
            List.of("sh", "-c", "test -t 0 && test -t 1 && echo terminal $TERM"),
            List.of(),
            "",
            "",
            List.of(),
            new ProcessSettings.Stdio(true, true, false, true, true, true),
            "",
            null,
            List.of());
    TestEngine.Finished end = engine.run(TestEngine.alone("").withProcess(settings));
    assertThat(end.output()).isEqualTo("terminal xterm\r\n");
  }

  @Test
  void sampleAndTopLookInside() {
    String id = engine.create(TestEngine.alone("sleep 100"));
    engine.parts.containers.start(id);
    assertThat(engine.parts.insight.sample(id).group().pids()).isPositive();
    assertThat(engine.parts.insight.sample(id).group().memory()).isPositive();
    assertThat(engine.parts.insight.top(id, "").rows())
        .anyMatch(row -> row.getLast().contains("sleep 100"));
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void hasDockersCapabilitiesAndNoOthers() throws Exception {
    TestEngine.Finished end = engine.run(TestEngine.alone("grep ^Cap /proc/self/status"));
    assertThat(end.output())
        .contains("CapInh:\t0000000000000000")
        .contains("CapPrm:\t00000000a80425fb")
        .contains("CapEff:\t00000000a80425fb")
        .contains("CapBnd:\t00000000a80425fb")
        .contains("CapAmb:\t0000000000000000");
  }

  @Test
  void anExecThatEndsItsContainerStillTellsItsOwnEnd() throws Exception {
    String id = engine.create(TestEngine.alone("trap 'exit 3' TERM; while :; do sleep 0.02; done"));
    var end = engine.parts.containers.await(id, WaitCondition.NEXT_EXIT);
    engine.parts.containers.start(id);
    String idle =
        engine.parts.execs.create(
            id,
            new Execs.ExecRequest(
                List.of("true"), List.of(), "", "", false, false, true, true, false, ""));
    String exec = engine.exec(id, "kill -TERM 1");

    assertThat(end.get(20, TimeUnit.SECONDS).exitCode()).isEqualTo(3);

    await().until(() -> !engine.parts.execs.get(exec).running());
    assertThat(engine.parts.execs.get(exec).exitCode()).isNotNull();
    assertThat(engine.parts.execs.of(id)).isEmpty();
    assertThatThrownBy(() -> engine.parts.execs.get(idle))
        .isInstanceOf(EngineException.NotFound.class);
  }
}
