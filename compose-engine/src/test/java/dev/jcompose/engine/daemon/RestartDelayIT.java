package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.RestartPolicy;
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

/** How long a container that keeps failing waits before its policy starts it again. */
class RestartDelayIT {
  private static final Duration FIRST = Duration.ofMillis(100);

  /** Events carry moments of two threads; their order is certain to about this. */
  private static final Duration BLUR = Duration.ofMillis(5);

  @AutoClose private static TestEngine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  private static ContainerSpec failing(String line) {
    return TestEngine.alone(line)
        .withLimits(HostResources.UNLIMITED, new RestartPolicy(RestartPolicy.Name.ALWAYS, 0));
  }

  /** From each end to the start after it. */
  private static List<Duration> delays(ContainerSpec spec, int count) throws InterruptedException {
    try (EventSubscription events = engine.events.subscribe(e -> true, null, null)) {
      String id = engine.create(spec);
      engine.parts.containers.start(id);
      List<Duration> delays = new ArrayList<>();
      Instant died = Instant.MAX;
      while (delays.size() < count) {
        Event event = Objects.requireNonNull(events.next());
        if (event.id().equals(id) && event.action().equals("die")) {
          died = event.time();
        } else if (event.id().equals(id)
            && event.action().equals("start")
            && !died.equals(Instant.MAX)) {
          delays.add(Duration.between(died, event.time()));
        }
      }
      engine.parts.containers.remove(id, true, true);
      return delays;
    }
  }

  @Test
  void doublesWithEachRunThatFailsAndIsShortAgainAfterOneThatLastedTenSeconds() throws Exception {
    String line =
        """
        echo x >> /runs
        [ $(wc -l < /runs) != 6 ] || sleep 10.5
        exit 1
        """;

    List<Duration> delays = delays(failing(line), 6);

    for (int i = 0; i < 5; i++) {
      assertThat(delays.get(i))
          .as("delay %d of %s", i, delays)
          .isGreaterThan(FIRST.multipliedBy(1L << i).minus(BLUR));
    }
    // Without the long run before it, it would have been 3.2 seconds.
    assertThat(delays.getLast())
        .as("after ten seconds, of %s", delays)
        .isBetween(FIRST.minus(BLUR), FIRST.multipliedBy(16));
  }
}
