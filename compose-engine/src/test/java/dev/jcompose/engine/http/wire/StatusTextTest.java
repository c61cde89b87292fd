package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "PT0.9S, Less than a second",
    "PT1S, 1 second",
    "PT59S, 59 seconds",
    "PT60S, About a minute",
    "PT119S, About a minute",
    "PT59M59S, 59 minutes",
    "PT60M, About an hour",
    "PT89M, About an hour",
    "PT90M, 2 hours",
    "PT47H, 47 hours",
    "PT48H, 2 days",
    "P13D, 13 days",
    "P14D, 2 weeks",
    "P59D, 8 weeks",
    "P60D, 2 months",
    "P729D, 24 months",
    "P730D, 2 years",
  })
  void saysHowLongInRoundWords(Duration duration, String text) {
    assertThat(StatusText.human(duration)).isEqualTo(text);
  }

  @Test
  void tellsStateAndHealth() {
    assertThat(text(Status.CREATED, 0, null)).isEqualTo("Created");
    assertThat(text(Status.RUNNING, 0, null)).isEqualTo("Up 5 seconds");
    assertThat(text(Status.RUNNING, 0, Health.Status.STARTING))
        .isEqualTo("Up 5 seconds (health: starting)");
    assertThat(text(Status.RUNNING, 0, Health.Status.HEALTHY)).isEqualTo("Up 5 seconds (healthy)");
    assertThat(text(Status.RUNNING, 0, Health.Status.UNHEALTHY))
        .isEqualTo("Up 5 seconds (unhealthy)");
    assertThat(text(Status.PAUSED, 0, null)).isEqualTo("Up 5 seconds (Paused)");
    assertThat(text(Status.RESTARTING, 3, null)).isEqualTo("Restarting (3) 2 seconds ago");
    assertThat(text(Status.EXITED, 137, null)).isEqualTo("Exited (137) 2 seconds ago");
    assertThat(text(Status.REMOVING, 0, null)).isEqualTo("Removal In Progress");
    assertThat(text(Status.DEAD, 0, null)).isEqualTo("Dead");
  }

  private static String text(Status status, int code, Health.@Nullable Status health) {
    ContainerState state =
        new ContainerState(
            status,
            0,
            0,
            code,
            "",
            NOW.minusSeconds(5),
            NOW.minusSeconds(2),
            false,
            false,
            health == null ? null : new Health(health, 0, List.of()));
    return StatusText.of(state, NOW);
  }
}
