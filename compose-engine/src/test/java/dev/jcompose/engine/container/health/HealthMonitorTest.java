package dev.jcompose.engine.container.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.SteadyClock;
import dev.jcompose.engine.container.spec.Healthcheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
  private final List<Health> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger code = new AtomicInteger(1);
  private HealthMonitor monitor =
      HealthMonitor.start(check(60_000, 0), Clock.systemUTC(), this::probe, () -> true, h -> {});

  private static Healthcheck check(long intervalMillis, long startPeriodMillis) {
    return new Healthcheck(
        List.of("CMD", "x"),
        Duration.ofMillis(intervalMillis),
        Duration.ofSeconds(1),
        Duration.ofMillis(startPeriodMillis),
        Duration.ofMillis(intervalMillis),
        2);
  }

  private Health.Probe probe(Duration timeout) {
    return new Health.Probe(Instant.now(), Instant.now(), code.get(), "");
  }

  private void start(Healthcheck check) {
    monitor.stop();
    monitor = HealthMonitor.start(check, Clock.systemUTC(), this::probe, () -> false, told::add);
  }

  @AfterEach
  void stop() {
    monitor.stop();
  }

  @Test
  void extraProbesOfAContainerThatIsStartingFindHealthEarlyAndNeverCountAsFailures() {
    start(check(60_000, 0));
    await().until(() -> told.size() >= 3);
    assertThat(told.getLast().status()).isEqualTo(Health.Status.STARTING);
    assertThat(told.getLast().failingStreak()).isZero();
    code.set(0);
    await().until(() -> told.getLast().status() == Health.Status.HEALTHY);
  }

  @Test
  void regularProbesThatFailMakeItUnhealthyAndOneSuccessHealthyAgain() {
    start(check(100, 0));
    await().until(() -> !told.isEmpty() && told.getLast().status() == Health.Status.UNHEALTHY);
    code.set(0);
    await().until(() -> told.getLast().status() == Health.Status.HEALTHY);
    assertThat(told.getLast().failingStreak()).isZero();
    assertThat(told.getLast().log()).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void failuresInTheStartPeriodDoNotCount() {
    start(check(30, 60_000));
    await().until(() -> told.size() >= 6);
    assertThat(told).allMatch(health -> health.status() == Health.Status.STARTING);
    assertThat(told).allMatch(health -> health.failingStreak() == 0);
  }

  @Test
  void aClockThatIsSetBackAnHourDoesNotPutOffTheNextProbe() {
    monitor.stop();
    AtomicReference<Instant> wall = new AtomicReference<>(Instant.now());
    // The monitor's own moments are steady; only what probes tell carries the machine's time.
    monitor =
        HealthMonitor.start(
            check(50, 0),
            new SteadyClock(),
            timeout -> new Health.Probe(wall.get(), wall.get(), code.get(), ""),
            () -> false,
            told::add);
    await().until(() -> !told.isEmpty());
    wall.set(wall.get().minusSeconds(3600));
    int before = told.size();
    await().until(() -> told.size() > before + 2);
    await().until(() -> told.getLast().status() == Health.Status.UNHEALTHY);
  }
}
