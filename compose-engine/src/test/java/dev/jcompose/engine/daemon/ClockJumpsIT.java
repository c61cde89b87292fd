package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventSubscription;
import dev.jcompose.engine.log.LogEntry;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Somebody sets the machine's clock while containers run. Only the engine's own clock is set here:
 * others use this machine too.
 */
class ClockJumpsIT {
  private static final String TAKES_GO = "until rm /go 2> /dev/null; do sleep 0.02; done";
  private static final Duration HOUR = Duration.ofHours(1);

  /** The machine's clock as it would be after somebody set it. */
  private static final class SetClock extends Clock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    void leap(Duration by) {
      offset.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final SetClock CLOCK = new SetClock();
  @AutoClose private static TestEngine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start(CLOCK);
  }

  @AfterEach
  void removeContainers() {
    for (ContainerRecord container : engine.parts.containers.list()) {
      engine.parts.containers.remove(container.id(), true, true);
    }
  }

  private static String started(ContainerSpec spec) {
    String id = engine.create(spec);
    engine.parts.containers.start(id);
    return id;
  }

  private static ContainerState state(String id) {
    return engine.parts.containers.get(id).state();
  }

  @Test
  void aFollowerOfALogMissesNothingAndTheLinesStayInTheirOrder() throws Exception {
    String id =
        started(
            TestEngine.alone("echo one; for n in two three; do " + TAKES_GO + "; echo $n; done"));
    LogQuery follow = new LogQuery(true, true, -1, null, null, true);
    List<String> lines = new ArrayList<>();
    try (LogReader reader = engine.parts.streams.logs(id, follow)) {
      lines.add(line(reader));
      CLOCK.leap(HOUR.negated());
      engine.exec(id, "touch /go");
      lines.add(line(reader));
      CLOCK.leap(HOUR.multipliedBy(2));
      engine.exec(id, "touch /go");
      lines.add(line(reader));
      assertThat(reader.next()).isNull();
    }
    assertThat(lines).containsExactly("one\n", "two\n", "three\n");
    assertThat(engine.logs(id)).isEqualTo("one\ntwo\nthree\n");
  }

  private static String line(LogReader reader) throws InterruptedException {
    LogEntry entry = Objects.requireNonNull(reader.next());
    return StandardCharsets.UTF_8.decode(entry.text()).toString();
  }

  @Test
  void theExitCodeOfAnExecIsKeptForWhoAsksAfterAnHourThatWasNone() {
    String id = started(TestEngine.alone("exec sleep 100"));
    String first = engine.exec(id, "exit 7");
    await().until(() -> !engine.parts.execs.get(first).running());
    CLOCK.leap(HOUR);
    String second = engine.exec(id, "exit 8");
    assertThat(engine.parts.execs.get(first).exitCode()).isEqualTo(7);
    await().until(() -> !engine.parts.execs.get(second).running());
    assertThat(engine.parts.execs.get(second).exitCode()).isEqualTo(8);
  }

  @Test
  void healthIsProbedAtItsIntervalWhereverTheClockStands() {
    Healthcheck check =
        new Healthcheck(
            List.of("CMD-SHELL", "test ! -e /ill"),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ZERO,
            2);
    String id = started(TestEngine.alone("exec sleep 100").withHealthcheck(check));
    await().until(() -> health(id) == Health.Status.HEALTHY);
    CLOCK.leap(HOUR.negated());
    engine.exec(id, "touch /ill");
    await().until(() -> health(id) == Health.Status.UNHEALTHY);
    CLOCK.leap(HOUR.multipliedBy(2));
    engine.exec(id, "rm /ill");
    await().until(() -> health(id) == Health.Status.HEALTHY);
  }

  private static Health.Status health(String id) {
    return Objects.requireNonNull(state(id).health()).status();
  }

  @Test
  void anHourThatWasNoneDoesNotCountAsARunThatLasted() throws Exception {
    ContainerSpec failing =
        TestEngine.alone(TAKES_GO + "; exit 1")
            .withLimits(HostResources.UNLIMITED, new RestartPolicy(RestartPolicy.Name.ALWAYS, 0));
    String id = engine.create(failing);
    List<Duration> delays = new ArrayList<>();
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      engine.parts.containers.start(id);
      for (int run = 0; run < 4; run++) {
        CLOCK.leap(run % 2 == 0 ? HOUR : HOUR.multipliedBy(2).negated());
        engine.exec(id, "touch /go");
        Instant died = told(events, id, "die");
        delays.add(Duration.between(died, told(events, id, "start")));
      }
    }
    for (int i = 0; i < delays.size(); i++) {
      assertThat(delays.get(i))
          .as("delay %d of %s", i, delays)
          .isGreaterThan(Duration.ofMillis((100L << i) - 5));
    }
  }

  private static Instant told(EventSubscription events, String id, String action)
      throws InterruptedException {
    Event event = Objects.requireNonNull(events.next());
    while (!event.id().equals(id) || !event.action().equals(action)) {
      event = Objects.requireNonNull(events.next());
    }
    return event.time();
  }

  @Test
  void aGracePeriodIsNotOverBecauseTheClockSaysSo() throws Exception {
    String id =
        started(
            TestEngine.alone(
                "trap 'echo leaving; "
                    + TAKES_GO
                    + "; exit 5' TERM; echo up; while :; do sleep 0.02; done"));
    await().until(() -> engine.logs(id).contains("up"));
    Thread stopping = Thread.ofVirtual().start(() -> engine.parts.containers.stop(id, 60, null));
    await().until(() -> engine.logs(id).contains("leaving"));
    CLOCK.leap(HOUR);
    engine.exec(id, "touch /go");
    stopping.join();
    assertThat(state(id).status()).isEqualTo(Status.EXITED);
    assertThat(state(id).exitCode()).isEqualTo(5);
  }
}
