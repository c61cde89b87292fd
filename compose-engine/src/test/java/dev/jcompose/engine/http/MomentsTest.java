package dev.jcompose.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void readsSecondsWithAFraction() {
    assertThat(Moments.parse("since", "1767323045.000000006"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05.000000006Z"));
    assertThat(Moments.parse("since", "1767323045"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void takesZeroAndNothingForNoBound() {
    assertThat(Moments.parse("since", "")).isNull();
    assertThat(Moments.parse("since", "0")).isNull();
    assertThat(Moments.parse("since", "0.0")).isNull();
  }

  @Test
  void readsDatesAndAges() {
    assertThat(Moments.parse("until", "2026-01-02T03:04:05+01:00"))
        .isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
    assertThat(Moments.parse("until", "2026-01-02"))
        .isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(Moments.parse("until", "1h30m"))
        .isCloseTo(
            Instant.now().minus(Duration.ofMinutes(90)),
            Assertions.within(1, java.time.temporal.ChronoUnit.MINUTES));
  }

  @Test
  void namesTheParameterThatMakesNoSense() {
    assertThatThrownBy(() -> Moments.parse("until", "soon"))
        .hasMessage("invalid value for \"until\": soon is neither a time nor an age");
  }

  @Test
  void stampsLogsWithAllNineDigits() {
    assertThat(Moments.stamp(Instant.parse("2026-01-02T03:04:05.1Z")))
        .isEqualTo("2026-01-02T03:04:05.100000000Z");
  }
}
