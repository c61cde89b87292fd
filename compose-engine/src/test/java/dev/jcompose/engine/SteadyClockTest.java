package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final AtomicReference<Instant> wall =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SteadyClock clock = new SteadyClock(wall::get, nanos::get);

  @Test
  void goesOnWithTheTimeThatPassesAlsoWhenTheCounterWraps() {
    Instant before = clock.instant();
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(Duration.between(before, clock.instant())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void doesNotFollowAClockThatIsSetForthOrBack() {
    Instant before = clock.instant();
    wall.set(wall.get().plus(Duration.ofDays(3650)));
    assertThat(clock.instant()).isEqualTo(before);
    wall.set(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(before);
  }
}
