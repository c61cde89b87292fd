package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.Containers.WaitCondition;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which verb is allowed in which state, and what it leads to. */
class StatesIT {
  @AutoClose private static TestEngine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  @AfterEach
  void removeContainers() {
    for (ContainerRecord container : engine.parts.containers.list()) {
      try {
        containers().remove(container.id(), true, true);
      } catch (EngineException.NotFound | EngineException.Conflict e) {
        // It removes itself.
      }
    }
  }

  private static Containers containers() {
    return engine.parts.containers;
  }

  private static ContainerSpec withPolicy(String line, RestartPolicy.Name name) {
    return TestEngine.alone(line).withLimits(HostResources.UNLIMITED, new RestartPolicy(name, 0));
  }

  private static String started(ContainerSpec spec) {
    String id = engine.create(spec);
    containers().start(id);
    return id;
  }

  private static Status status(String id) {
    return containers().get(id).state().status();
  }

  /** A container that has failed so often that it waits longer than a test needs. */
  private static String restarting() {
    String id = started(withPolicy("exit 3", RestartPolicy.Name.ALWAYS));
    await()
        .until(() -> containers().get(id).restartCount() >= 4 && status(id) == Status.RESTARTING);
    return id;
  }

  @Test
  void aContainerThatWaitsForItsRestartCountsAsRunning() {
    String id = restarting();
    assertThat(containers().get(id).state().running()).isTrue();
    assertThat(containers().get(id).state().exitCode()).isEqualTo(3);
    assertThatThrownBy(() -> containers().start(id))
        .isInstanceOf(EngineException.NotModified.class);
    assertThatThrownBy(() -> containers().pause(id))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is restarting, wait until the container is running");
    assertThatThrownBy(() -> engine.parts.insight.top(id, ""))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is restarting");
    containers().kill(id, "TERM");
    assertThat(status(id)).isEqualTo(Status.EXITED);
    assertThat(containers().await(id, WaitCondition.NOT_RUNNING)).isCompleted();
  }

  @Test
  void restartingByHandStartsAtOnceWhatWaitsForItsPolicy() {
    String id = restarting();
    containers().restart(id, null, null);
    assertThat(containers().get(id).restartCount()).isLessThan(4);
  }

  @Test
  void killWithTheStopSignalEndsTheRestartsAndAnotherSignalDoesNot() {
    String id =
        started(
            withPolicy(
                "trap 'exit 9' USR1 TERM; echo ready; while :; do sleep 0.05; done",
                RestartPolicy.Name.ALWAYS));
    await().until(() -> engine.logs(id).contains("ready"));
    containers().kill(id, "SIGUSR1");
    await().until(() -> containers().get(id).restartCount() == 1 && status(id) == Status.RUNNING);
    await().until(() -> engine.logs(id).lines().filter("ready"::equals).count() == 2);
    containers().kill(id, "TERM");
    await().until(() -> status(id) == Status.EXITED);
    assertThat(containers().get(id).state().exitCode()).isEqualTo(9);
    assertThat(containers().get(id).state().stoppedByHand()).isTrue();
  }

  @Test
  void pauseFreezesUnpauseGoesOnAndStopEndsWhatIsFrozen() throws Exception {
    String id =
        started(TestEngine.alone("trap 'exit 4' TERM; while :; do echo tick; sleep 0.05; done"));
    await().until(() -> engine.logs(id).contains("tick"));
    containers().pause(id);
    int length = engine.logs(id).length();
    await()
        .during(Duration.ofMillis(300))
        .until(() -> engine.logs(id).length() <= length + "tick\n".length());
    assertThatThrownBy(() -> containers().pause(id))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("already paused");
    assertThatThrownBy(() -> containers().start(id)).isInstanceOf(EngineException.Conflict.class);
    containers().unpause(id);
    await().until(() -> engine.logs(id).length() > length + "tick\n".length());
    assertThatThrownBy(() -> containers().unpause(id))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("is not paused");
    containers().pause(id);
    containers().stop(id, 10, null);
    assertThat(containers().get(id).state().exitCode()).isEqualTo(4);
  }

  @Test
  void theStopSignalAndTheGracePeriodAreTheContainersOwnUnlessTheClientNamesOthers() {
    ProcessSettings settings =
        new ProcessSettings(
            null,
            List.of(
                "sh",
                "-c",
                "trap 'exit 5' INT; trap 'exit 6' HUP; echo ready; while :; do sleep 0.05; done"),
            List.of(),
            "",
            "",
            List.of(),
            ProcessSettings.Stdio.NONE,
            "SIGINT",
            30,
            List.of());
    ContainerSpec spec = TestEngine.alone("").withProcess(settings);
    String id = started(spec);
    await().until(() -> engine.logs(id).contains("ready"));
    containers().stop(id, null, null);
    assertThat(containers().get(id).state().exitCode()).isEqualTo(5);
    containers().start(id);
    await().until(() -> engine.logs(id).lines().filter("ready"::equals).count() == 2);
    containers().stop(id, null, "HUP");
    assertThat(containers().get(id).state().exitCode()).isEqualTo(6);
  }

  @Test
  void restartByHandTellsEverythingInDockersOrderAndKeepsWhatRemovesItself() throws Exception {
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      String id = started(TestEngine.alone("exec sleep 99").withAutoRemove(true));
      containers().restart(id, 0, null);
      List<String> seen = new ArrayList<>();
      while (!seen.contains("restart")) {
        Event event = Objects.requireNonNull(events.next());
        if (event.id().equals(id)) {
          seen.add(event.action());
        }
      }
      assertThat(seen)
          .containsExactly("create", "start", "kill", "kill", "die", "stop", "start", "restart");
      assertThat(status(id)).isEqualTo(Status.RUNNING);
      var removed = containers().await(id, WaitCondition.REMOVED);
      containers().stop(id, 0, null);
      assertThat(removed.get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(137);
    }
  }

  @Test
  void restartStartsAContainerThatHasEnded() {
    String id = started(TestEngine.alone("exit 0"));
    await().until(() -> status(id) == Status.EXITED);
    Instant first = Objects.requireNonNull(containers().get(id).state().startedAt());
    containers().restart(id, null, null);
    assertThat(containers().get(id).state().startedAt()).isAfter(first);
  }

  @Test
  void aWaiterForTheRemovalIsWokenByItAlone() throws Exception {
    String id = started(TestEngine.alone("exit 2"));
    var removed = containers().await(id, WaitCondition.REMOVED);
    await().until(() -> status(id) == Status.EXITED);
    assertThat(removed).isNotCompleted();
    var next = containers().await(id, WaitCondition.NEXT_EXIT);
    containers().remove(id, false, false);
    assertThat(removed.get(5, TimeUnit.SECONDS).exitCode()).isEqualTo(2);
    // Nothing will ever exit any more, so nobody may wait for it.
    assertThat(next.get(5, TimeUnit.SECONDS).exitCode()).isEqualTo(2);
  }

  @Test
  void limitsOfARunningContainerChangeInPlace() {
    String id = started(TestEngine.alone("exec sleep 99"));
    long megabyte = 1 << 20;
    containers().update(id, memory(64 * megabyte, 0, 20), null);
    assertThat(engine.parts.insight.sample(id).group().memoryLimit()).isEqualTo(64 * megabyte);
    assertThat(engine.parts.insight.sample(id).group().pidsLimit()).isEqualTo(20);
    containers().update(id, memory(32 * megabyte, 0, -1), null);
    assertThat(engine.parts.insight.sample(id).group().memoryLimit()).isEqualTo(32 * megabyte);
    assertThat(engine.parts.insight.sample(id).group().pidsLimit()).isEqualTo(Long.MAX_VALUE);
    containers().update(id, memory(0, 40 * megabyte, 0), null);
    assertThatThrownBy(() -> containers().update(id, memory(50 * megabyte, 0, 0), null))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessageContaining("update the memoryswap at the same time");
    assertThat(containers().get(id).spec().resources().memory().limit()).isEqualTo(32 * megabyte);
  }

  private static HostResources memory(long limit, long swap, long pids) {
    HostResources none = HostResources.UNLIMITED;
    return new HostResources(
        new HostResources.Memory(limit, swap, 0, null, false),
        none.cpu(),
        none.blockIo(),
        pids,
        none.ulimits(),
        none.devices(),
        none.deviceRules(),
        none.deviceRequests(),
        none.cgroupParent());
  }

  @Test
  void theRestartPolicyOfARunningContainerCanBeChanged() {
    String id =
        started(TestEngine.alone("trap 'exit 1' USR1; echo ready; while :; do sleep 0.05; done"));
    containers()
        .update(id, HostResources.UNLIMITED, new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 1));
    await().until(() -> engine.logs(id).contains("ready"));
    containers().kill(id, "USR1");
    await().until(() -> containers().get(id).restartCount() == 1 && status(id) == Status.RUNNING);
    String removesItself = started(TestEngine.alone("sleep 99").withAutoRemove(true));
    assertThatThrownBy(
            () ->
                containers()
                    .update(
                        removesItself,
                        HostResources.UNLIMITED,
                        new RestartPolicy(RestartPolicy.Name.ALWAYS, 0)))
        .isInstanceOf(EngineException.Conflict.class);
  }

  @Test
  void aRenamedContainerAnswersToItsNewNameOnItsNetworks() throws Exception {
    engine.parts.networks.create(dev.jcompose.engine.network.NetworkSpec.bridge("states"));
    try {
      ContainerSpec spec =
          TestEngine.shell("sleep 99")
              .withNetwork(
                  NetworkSettings.DEFAULT.withNetworks(
                      "states", Map.of("states", NetworkSettings.Attachment.PLAIN)));
      String id = containers().create("before", spec).id();
      containers().start(id);
      TestEngine.Finished end = looks(spec);
      assertThat(end.output()).contains("before found").contains("after missing");
      containers().rename(id, "after");
      assertThat(looks(spec).output()).contains("before missing").contains("after found");
      assertThat(containers().get("after").endpoints().getFirst().names()).contains("after");
      assertThatThrownBy(() -> containers().rename(id, "after"))
          .isInstanceOf(EngineException.InvalidRequest.class);
      containers().create("before", TestEngine.alone("true"));
      assertThatThrownBy(() -> containers().rename(id, "before"))
          .isInstanceOf(EngineException.Conflict.class);
    } finally {
      removeContainers();
      engine.parts.networks.remove("states");
    }
  }

  private static TestEngine.Finished looks(ContainerSpec like) throws Exception {
    String line =
        "for n in before after; do getent hosts $n >/dev/null && echo $n found || echo $n missing;"
            + " done";
    return engine.run(like.withProcess(ProcessSettings.NONE.withCommand("sh", "-c", line)));
  }

  @Test
  void aProgramThatCannotStartAnyMoreEndsTheRestarts() {
    String id = started(withPolicy("rm /usr/bin/sh /bin/sh; exit 1", RestartPolicy.Name.ALWAYS));
    await().until(() -> status(id) == Status.EXITED);
    assertThat(containers().get(id).state().exitCode()).isEqualTo(127);
    assertThat(containers().get(id).state().error()).contains("executable file not found");
  }

  @Test
  void theKernelsKillForLackOfMemoryIsTold() throws Exception {
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      ContainerSpec spec =
          TestEngine.alone("").withProcess(ProcessSettings.NONE.withCommand("tail", "/dev/zero"));
      String id = started(spec.withLimits(memory(16 << 20, 16 << 20, 0), RestartPolicy.NO));
      List<String> seen = new ArrayList<>();
      while (!seen.contains("die")) {
        Event event = Objects.requireNonNull(events.next());
        if (event.id().equals(id)) {
          seen.add(event.action());
        }
      }
      assertThat(seen).containsExactly("create", "start", "oom", "die");
      assertThat(containers().get(id).state().oomKilled()).isTrue();
      assertThat(containers().get(id).state().exitCode()).isEqualTo(137);
    }
  }

  @Test
  void theKernelsKillOfAChildIsToldWhileTheContainerGoesOn() throws Exception {
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/memory")),
        "SKIPPED: only control groups of version 1 tell it before the end");
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      ContainerSpec spec = TestEngine.alone("tail /dev/zero; echo went on; sleep 77");
      String id = started(spec.withLimits(memory(16 << 20, 16 << 20, 0), RestartPolicy.NO));
      List<String> seen = new ArrayList<>();
      while (!seen.contains("oom")) {
        Event event = Objects.requireNonNull(events.next());
        if (event.id().equals(id)) {
          seen.add(event.action());
        }
      }
      assertThat(seen).containsExactly("create", "start", "oom");
      await().until(() -> engine.logs(id).contains("went on"));
      assertThat(containers().get(id).state().status()).isEqualTo(Status.RUNNING);
      containers().remove(id, true, false);
    }
  }

  @Test
  void anInitProcessReapsOrphansAndForwardsSignals() {
    ContainerSpec orphans = TestEngine.alone("(sleep 0.1 &) ; exec sleep 77");
    String id = started(orphans.withIsolation(withInit(orphans.isolation())));
    // Gone, not left as a zombie of a first process that waits for nobody.
    await().until(() -> commands(id).size() == 2);
    assertThat(commands(id)).contains("sleep 77");
    ContainerSpec listens =
        TestEngine.alone("trap 'exit 8' TERM; echo ready; while :; do sleep 0.05; done");
    String other = started(listens.withIsolation(withInit(listens.isolation())));
    await().until(() -> engine.logs(other).contains("ready"));
    containers().stop(other, 10, null);
    assertThat(containers().get(other).state().exitCode()).isEqualTo(8);
  }

  private static List<String> commands(String id) {
    return engine.parts.insight.top(id, "").rows().stream().map(List::getLast).toList();
  }

  private static Isolation withInit(Isolation like) {
    return new Isolation(
        like.hostname(),
        like.domainname(),
        like.privileged(),
        like.readOnlyRoot(),
        true,
        like.capAdd(),
        like.capDrop(),
        like.securityOptions(),
        like.maskedPaths(),
        like.readOnlyPaths(),
        like.sysctls(),
        like.oomScoreAdj(),
        like.shmSize(),
        like.namespaces(),
        like.runtime());
  }
}
