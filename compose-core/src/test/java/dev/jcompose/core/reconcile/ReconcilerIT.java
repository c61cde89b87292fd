package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.plan.DownOptions;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The reconciler on real containers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcilerIT {
  private static final DownOptions EVERYTHING =
      new DownOptions(Set.of(), true, true, DownOptions.Images.NONE, Duration.ZERO);

  @TempDir static Path root;

  private EngineUnderTest engine;
  private Reconciler reconciler;
  private final List<ProgressEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  void start() throws IOException {
    engine = EngineUnderTest.start(root);
    reconciler = new Reconciler(engine.engine(), events::add, false);
  }

  @AfterEach
  void clear() {
    reconciler.down(ProjectScope.named("it"), EVERYTHING);
    events.clear();
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void whatIsUpStaysAsItIs() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, volumes: ["data:/data"]}
        volumes: {data: }
        """;
    assertThat(up(yaml).failures()).isEmpty();
    String id = container("it-web-1").id();

    assertThat(reconciler.planUp(desired(yaml), UpOptions.DEFAULT).text()).isEmpty();
    assertThat(up(yaml).started()).isEmpty();
    assertThat(container("it-web-1").id()).isEqualTo(id);
    assertThat(events)
        .contains(new ProgressEvent.Done("Container it-web-1", "Running", Duration.ZERO));
  }

  @Test
  void aChangeReplacesTheContainerAndKeepsItsAnonymousVolume() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, volumes: [/anon], environment: {A: "%s"}}
        """;
    assertThat(up(yaml.formatted("1")).failures()).isEmpty();
    ContainerView before = container("it-web-1");
    exec("it-web-1", "touch", "/anon/kept");

    assertThat(up(yaml.formatted("2")).failures()).isEmpty();

    assertThat(container("it-web-1").id()).isNotEqualTo(before.id());
    assertThat(exec("it-web-1", "sh", "-c", "ls /anon; echo $A")).isEqualTo("kept\n2\n");
    assertThat(reconciler.containers("it")).hasSize(1);
  }

  @Test
  void conditionsAreWaitedFor() throws ComposeException {
    Outcome outcome =
        up(
            """
            services:
              web:
                image: jcompose/base
                command: sleep 1000
                depends_on:
                  db: {condition: service_healthy}
                  job: {condition: service_completed_successfully}
              job: {image: jcompose/base, command: "true"}
              db:
                image: jcompose/base
                command: sleep 1000
                healthcheck: {test: "true", interval: 1s, start_period: 9s, start_interval: 50ms}
            """);

    assertThat(outcome.failures()).isEmpty();
    assertThat(container("it-web-1").status()).isEqualTo(ContainerStatus.RUNNING);
    assertThat(container("it-db-1").health()).isEqualTo(Health.HEALTHY);
    assertThat(container("it-job-1").status()).isEqualTo(ContainerStatus.EXITED);
  }

  @Test
  void aDependencyThatFailsStopsOnlyItsDependents() throws ComposeException {
    Outcome outcome =
        up(
            """
            services:
              web:
                image: jcompose/base
                command: sleep 1000
                depends_on: {job: {condition: service_completed_successfully}}
              other: {image: jcompose/base, command: sleep 1000, stop_signal: KILL}
              job: {image: jcompose/base, command: sh -c "exit 3"}
            """);

    assertThat(outcome.failures())
        .containsExactly(
            new Outcome.Failure(
                "Container it-job-1",
                "wait until it-job-1 has completed: it exited with code 3 instead of 0"));
    assertThat(container("it-web-1").status()).isEqualTo(ContainerStatus.CREATED);
    assertThat(container("it-other-1").status()).isEqualTo(ContainerStatus.RUNNING);
  }

  @Test
  void anUnhealthyDependencyIsNamed() throws ComposeException {
    Outcome outcome =
        up(
            """
            services:
              web:
                image: jcompose/base
                command: sleep 1000
                depends_on: {db: {condition: service_healthy}}
              db:
                image: jcompose/base
                command: sleep 1000
                healthcheck: {test: "false", interval: 50ms, retries: 2}
            """);

    assertThat(outcome.failures())
        .containsExactly(
            new Outcome.Failure(
                "Container it-db-1",
                "wait until it-db-1 is healthy: its healthcheck says it is unhealthy"));
  }

  @Test
  void sharesANetworkNamespaceAcrossReplacement() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, environment: {A: "%s"}}
          side: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, network_mode: "service:web"}
        """;
    assertThat(up(yaml.formatted("1")).failures()).isEmpty();
    assertThat(up(yaml.formatted("2")).failures()).isEmpty();

    assertThat(container("it-side-1").networkMode())
        .isEqualTo("container:" + container("it-web-1").id());
    assertThat(exec("it-side-1", "readlink", "/proc/self/ns/net"))
        .isEqualTo(exec("it-web-1", "readlink", "/proc/self/ns/net"));
  }

  @Test
  void scalesUpAndDown() throws ComposeException {
    String yaml =
        "services: {web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, scale: %d}}";
    assertThat(up(yaml.formatted(3)).failures()).isEmpty();
    assertThat(reconciler.containers("it")).hasSize(3);

    assertThat(up(yaml.formatted(1)).failures()).isEmpty();

    assertThat(reconciler.containers("it"))
        .extracting(ContainerView::name)
        .containsExactly("it-web-1");
  }

  @Test
  void aChangedNetworkIsMadeAnewAndItsContainersKept() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL}
        networks: {default: {labels: {a: "%s"}}}
        """;
    assertThat(up(yaml.formatted("1")).failures()).isEmpty();
    ContainerView before = container("it-web-1");

    assertThat(up(yaml.formatted("2")).failures()).isEmpty();

    ContainerView after = container("it-web-1");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.status()).isEqualTo(ContainerStatus.RUNNING);
    assertThat(after.endpoints().getFirst().networkId())
        .isNotEqualTo(before.endpoints().getFirst().networkId());
    assertThat(reconciler.planUp(desired(yaml.formatted("2")), UpOptions.DEFAULT).text()).isEmpty();
  }

  @Test
  void stopsStartsRestartsAndRemoves() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, depends_on: [db]}
          db: {image: jcompose/base, command: sleep 1000, stop_signal: KILL}
        """;
    assertThat(up(yaml).failures()).isEmpty();
    ProjectScope scope = ProjectScope.named("it");

    assertThat(reconciler.stop(scope, LifecycleOptions.DEFAULT).failures()).isEmpty();
    assertThat(container("it-db-1").status()).isEqualTo(ContainerStatus.EXITED);
    assertThat(reconciler.start(scope, LifecycleOptions.DEFAULT).failures()).isEmpty();
    assertThat(container("it-db-1").status()).isEqualTo(ContainerStatus.RUNNING);
    assertThat(reconciler.pause(scope, LifecycleOptions.DEFAULT).failures()).isEmpty();
    assertThat(container("it-db-1").status()).isEqualTo(ContainerStatus.PAUSED);
    assertThat(reconciler.unpause(scope, LifecycleOptions.DEFAULT).failures()).isEmpty();
    assertThat(reconciler.restart(scope, LifecycleOptions.DEFAULT).started())
        .containsOnlyKeys("it-web-1", "it-db-1");
    assertThat(reconciler.kill(scope, LifecycleOptions.of(Set.of("web"))).failures()).isEmpty();
    assertThat(reconciler.remove(scope, LifecycleOptions.DEFAULT, false).failures()).isEmpty();
    assertThat(reconciler.containers("it"))
        .extracting(ContainerView::name)
        .containsExactly("it-db-1");
  }

  @Test
  void downLeavesNothing() throws ComposeException {
    String yaml =
        """
        services:
          web: {image: jcompose/base, command: sleep 1000, stop_signal: KILL, depends_on: [db], volumes: ["data:/d"]}
          db: {image: jcompose/base, command: sleep 1000, stop_signal: KILL}
        volumes: {data: }
        """;
    assertThat(up(yaml).failures()).isEmpty();

    Outcome outcome = reconciler.down(ProjectScope.of(desired(yaml)), EVERYTHING);

    assertThat(outcome.failures()).isEmpty();
    assertThat(reconciler.containers("it")).isEmpty();
    assertThat(engine.engine().volumes()).isEmpty();
    assertThat(engine.engine().networks()).noneMatch(network -> network.name().startsWith("it_"));
  }

  @Test
  void everyFailureOfAnUpIsReported() throws ComposeException {
    Outcome outcome =
        up(
            """
            services:
              a: {image: jcompose/base, command: nosuchcommand}
              b: {image: jcompose/base, volumes: [{type: bind, source: /no/such, target: /x}]}
              c: {image: jcompose/base, command: sleep 1000, stop_signal: KILL}
            """);

    assertThat(outcome.failures())
        .extracting(Outcome.Failure::id)
        .containsExactlyInAnyOrder("Container it-a-1", "Container it-b-1");
    assertThat(container("it-c-1").status()).isEqualTo(ContainerStatus.RUNNING);
  }

  @Test
  void hooksRunInsideTheContainer() throws ComposeException {
    String yaml =
        """
        services:
          web:
            image: jcompose/base
            command: sleep 1000
            stop_signal: KILL
            post_start: [{command: [sh, -c, "echo $$A > /tmp/started"], environment: {A: hook}}]
            pre_stop: [{command: [sh, -c, "echo no; exit 4"]}]
        """;
    assertThat(up(yaml).failures()).isEmpty();
    assertThat(exec("it-web-1", "cat", "/tmp/started")).isEqualTo("hook\n");

    Outcome outcome = reconciler.stop(ProjectScope.of(desired(yaml)), LifecycleOptions.DEFAULT);

    assertThat(outcome.failures())
        .containsExactly(
            new Outcome.Failure(
                "Container it-web-1",
                "cannot run pre_stop in it-web-1: sh: it ended with code 4 and said: no"));
    assertThat(container("it-web-1").status()).isEqualTo(ContainerStatus.EXITED);
  }

  @Test
  void logsComeThroughThePort() throws ComposeException {
    assertThat(
            up("services: {job: {image: jcompose/base, command: sh -c 'echo out; echo err >&2'}}")
                .failures())
        .isEmpty();
    engine.engine().awaitExit("it-job-1");
    StringBuilder text = new StringBuilder();
    try (OutputReader log =
        engine.engine().logs("it-job-1", new LogRequest(true, false, null, null, null))) {
      for (Output output = log.next(); output != null; output = log.next()) {
        text.append(output.source()).append(' ');
        text.append(StandardCharsets.UTF_8.decode(output.bytes()));
      }
    }
    assertThat(text.toString().lines()).containsExactlyInAnyOrder("OUT out", "ERR err");
  }

  private Outcome up(String yaml) throws ComposeException {
    return reconciler.up(desired(yaml), UpOptions.DEFAULT);
  }

  private static DesiredState desired(String yaml) throws ComposeException {
    return DesiredState.of(
        ProjectLoader.load(LoadRequest.ofText(root, "name: it\n" + yaml)).project());
  }

  private ContainerView container(String name) {
    return engine.engine().container(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  private String exec(String container, String... command) {
    StringBuilder text = new StringBuilder();
    try (ExecSession session = engine.engine().exec(container, ExecRequest.of(List.of(command)))) {
      for (Output output = session.next(); output != null; output = session.next()) {
        text.append(StandardCharsets.UTF_8.decode(output.bytes()));
      }
      assertThat(session.exitCode()).as(text.toString()).isZero();
    }
    return text.toString();
  }
}
