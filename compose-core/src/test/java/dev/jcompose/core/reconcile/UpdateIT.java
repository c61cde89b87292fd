package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.plan.DownOptions;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy.update_config} does on real containers when a new one is not well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpdateIT {
  private static final DownOptions EVERYTHING =
      new DownOptions(Set.of(), true, true, DownOptions.Images.NONE, Duration.ZERO);

  @TempDir static Path root;

  private EngineUnderTest engine;
  private Reconciler reconciler;

  @BeforeAll
  void start() throws IOException {
    engine = EngineUnderTest.start(root);
    reconciler = new Reconciler(engine.engine(), event -> {}, false);
  }

  @AfterEach
  void clear() {
    reconciler.down(ProjectScope.named("it"), EVERYTHING);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (engine != null) {
      engine.close();
    }
  }

  /** Three replicas, well until there is a file. */
  private static String yaml(String command, String update) {
    return """
    services:
      web:
        image: jcompose/base
        command: %s
        stop_signal: KILL
        healthcheck: {test: "test ! -e /broken", interval: 100ms, retries: 1}
        deploy: {replicas: 3, update_config: {%s}}
    """
        .formatted(command, update);
  }

  private static final String OLD = "sleep 1000";
  private static final String NEW = "sleep 1001";
  private static final String BROKEN = "sh -c 'touch /broken; sleep 1002'";

  private Map<String, String> ids() {
    return reconciler.containers("it").stream()
        .collect(Collectors.toMap(ContainerView::name, ContainerView::id));
  }

  private Outcome up(String yaml) throws ComposeException {
    return reconciler.up(
        DesiredState.of(
            ProjectLoader.load(LoadRequest.ofText(root, "name: it\n" + yaml)).project()),
        UpOptions.DEFAULT);
  }

  private void assertAllRun() {
    assertThat(reconciler.containers("it"))
        .hasSize(3)
        .allMatch(container -> container.status() == ContainerStatus.RUNNING);
  }

  @Test
  void aFailedUpdateBringsTheOldContainersBack() throws ComposeException {
    assertThat(up(yaml(OLD, "failure_action: rollback")).failures()).isEmpty();
    Map<String, String> before = ids();

    for (String order : List.of("stop-first", "start-first")) {
      Outcome outcome =
          up(yaml(BROKEN, "failure_action: rollback, parallelism: 2, order: " + order));

      assertThat(outcome.failures())
          .extracting(Outcome.Failure::text)
          .isNotEmpty()
          .allMatch(text -> text.endsWith("its healthcheck says it is unhealthy"));
      assertThat(outcome.warnings())
          .containsExactly(
              "the update of service web failed, so its old containers are back; mend it and run"
                  + " up again");
      assertThat(ids()).as(order).isEqualTo(before);
      assertAllRun();
    }
  }

  @Test
  void anUpdateThatIsWellLeavesNoOldContainerBehind() throws ComposeException {
    assertThat(up(yaml(OLD, "failure_action: rollback")).failures()).isEmpty();
    Map<String, String> before = ids();

    Outcome outcome = up(yaml(NEW, "failure_action: rollback"));

    assertThat(outcome.failures()).isEmpty();
    assertThat(ids()).containsOnlyKeys(before.keySet()).doesNotContainValue(before.get("it-web-1"));
    assertAllRun();
  }

  @Test
  void withoutRollbackTheRestStaysOrGoesOn() throws ComposeException {
    assertThat(up(yaml(OLD, "failure_action: pause")).failures()).isEmpty();
    Map<String, String> before = ids();

    assertThat(up(yaml(BROKEN, "failure_action: pause")).failures()).hasSize(1);
    Map<String, String> paused = ids();
    assertThat(paused.get("it-web-1")).isNotEqualTo(before.get("it-web-1"));
    assertThat(paused).contains(Map.entry("it-web-2", before.get("it-web-2")));
    assertThat(paused).contains(Map.entry("it-web-3", before.get("it-web-3")));

    up(yaml(BROKEN, "failure_action: continue"));
    assertThat(ids().values()).doesNotContainAnyElementsOf(before.values());
  }
}
