package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventSubscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HealthIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @AutoClose private static TestEngine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  private static String started(String line, Healthcheck check) {
    ContainerSpec spec = TestEngine.alone(line).withHealthcheck(check);
    String id = engine.create(spec);
    engine.parts.containers.start(id);
    return id;
  }

  private static Healthcheck probe(String line, Duration interval, Duration timeout, int retries) {
    return new Healthcheck(
        List.of("CMD-SHELL", line), interval, timeout, Duration.ZERO, Duration.ZERO, retries);
  }

  private static Health health(String id) {
    return Objects.requireNonNull(engine.parts.containers.get(id).state().health());
  }

  private static Instant lastProbe(String id) {
    return health(id).log().getLast().end();
  }

  private static List<String> seen(String id, EventSubscription events, String last)
      throws InterruptedException {
    List<String> seen = new ArrayList<>();
    while (seen.isEmpty() || !seen.getLast().equals(last)) {
      Event event = Objects.requireNonNull(events.next());
      if (event.id().equals(id)) {
        seen.add(event.action());
      }
    }
    return seen;
  }

  @Test
  void tellsEachProbeAndEachChangeOfHealthButNotEachResult() throws Exception {
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      String id = started("sleep 99", probe("true", Duration.ofMillis(50), LONG, 1));
      assertThat(seen(id, events, "health_status: healthy"))
          .containsExactly(
              "create",
              "start",
              "exec_create: /bin/sh -c true",
              "exec_start: /bin/sh -c true",
              "exec_die",
              "health_status: healthy");
      await().until(() -> health(id).log().size() == 5);
      engine.parts.containers.remove(id, true, false);
      assertThat(seen(id, events, "destroy")).doesNotContain("health_status: healthy");
    }
  }

  @Test
  void failuresInARowMakeItUnhealthyAndOneSuccessHealthyAgain() {
    String id = started("sleep 99", probe("test ! -e /tmp/broken", Duration.ofMillis(50), LONG, 3));
    await().until(() -> health(id).status() == Health.Status.HEALTHY);
    exec(id, "touch /tmp/broken");
    await().until(() -> health(id).status() == Health.Status.UNHEALTHY);
    assertThat(health(id).failingStreak()).isGreaterThanOrEqualTo(3);
    assertThat(health(id).log().getLast().exitCode()).isEqualTo(1);
    exec(id, "rm /tmp/broken");
    await().until(() -> health(id).status() == Health.Status.HEALTHY);
    assertThat(health(id).failingStreak()).isZero();
    engine.parts.containers.remove(id, true, false);
  }

  private static void exec(String id, String line) {
    engine.parts.execs.startDetached(
        engine.parts.execs.create(
            id,
            new dev.jcompose.engine.container.exec.Execs.ExecRequest(
                List.of("sh", "-c", line),
                List.of(),
                "",
                "",
                false,
                false,
                true,
                true,
                false,
                "")));
  }

  @Test
  void failuresInTheStartPeriodDoNotCountAndItsProbesComeOften() {
    Duration often = Duration.ofMillis(50);
    // Only the start interval is short: without it the second probe would come after a minute.
    Healthcheck check =
        new Healthcheck(List.of("CMD-SHELL", "test -e /tmp/ready"), LONG, LONG, LONG, often, 2);
    String id = started("sleep 99", check);
    await().until(() -> health(id).log().size() >= 4);
    assertThat(health(id).status()).isEqualTo(Health.Status.STARTING);
    assertThat(health(id).failingStreak()).isZero();
    exec(id, "touch /tmp/ready");
    await().until(() -> health(id).status() == Health.Status.HEALTHY);
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void failuresCountOnceTheStartPeriodIsOver() {
    Duration often = Duration.ofMillis(50);
    Duration period = Duration.ofMillis(700);
    Healthcheck check =
        new Healthcheck(List.of("CMD-SHELL", "exit 1"), often, LONG, period, often, 2);
    String id = started("sleep 99", check);
    Instant began = Objects.requireNonNull(engine.parts.containers.get(id).state().startedAt());
    await().until(() -> health(id).status() == Health.Status.UNHEALTHY);
    assertThat(lastProbe(id)).isAfter(began.plus(period));
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void aProbeThatTakesTooLongIsKilledWithAllItStarted() {
    String id =
        started(
            "sleep 99",
            probe("echo begun; sleep 77; true", Duration.ofMillis(20), Duration.ofMillis(300), 1));
    await().until(() -> health(id).status() == Health.Status.UNHEALTHY);
    Health.Probe last = health(id).log().getFirst();
    assertThat(last.exitCode()).isEqualTo(-1);
    assertThat(last.output()).isEqualTo("Health check exceeded timeout (300ms): begun\n");
    // At most the probe that runs at the moment: a shell and its sleep.
    await()
        .until(
            () ->
                engine.parts.insight.top(id, "").rows().stream()
                        .filter(row -> row.getLast().contains("sleep 77"))
                        .count()
                    <= 2);
    await().until(() -> health(id).log().size() == 5);
    assertThat(
            engine.parts.insight.top(id, "").rows().stream()
                .filter(row -> row.getLast().contains("sleep 77")))
        .hasSizeLessThanOrEqualTo(2);
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void runsAsTheContainersUserInItsDirectoryAndKeepsSomeOutput() {
    String id =
        started(
            "sleep 99",
            probe("pwd; head -c 9000 /dev/zero | tr '\\0' x", Duration.ofMillis(50), LONG, 1));
    await().until(() -> !health(id).log().isEmpty());
    assertThat(health(id).log().getFirst().output())
        .startsWith("/\nxxx")
        .endsWith("x...")
        .hasSize(4099);
    engine.parts.containers.remove(id, true, false);
  }

  @Test
  void isNotProbedWhilePausedAndUnhealthyOnceStopped() {
    String id = started("sleep 99", probe("true", Duration.ofMillis(30), LONG, 1));
    await().until(() -> health(id).status() == Health.Status.HEALTHY);
    engine.parts.containers.pause(id);
    await().until(() -> lastProbe(id).isBefore(Instant.now().minusMillis(500)));
    engine.parts.containers.unpause(id);
    Instant thawed = Instant.now();
    await().until(() -> lastProbe(id).isAfter(thawed));
    engine.parts.containers.stop(id, 0, null);
    assertThat(health(id).status()).isEqualTo(Health.Status.UNHEALTHY);
    engine.parts.containers.start(id);
    assertThat(health(id))
        .satisfiesAnyOf(
            health -> assertThat(health).isEqualTo(Health.STARTING),
            health -> assertThat(health.log()).hasSizeLessThan(5));
    engine.parts.containers.remove(id, true, false);
  }
}
