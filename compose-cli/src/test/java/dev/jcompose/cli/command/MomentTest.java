package dev.jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.cli.session.UserError;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-01-31T11:50:00Z",
    "1h30m, 2026-01-31T10:30:00Z",
    "1.5s, 2026-01-31T11:59:58.500Z",
    "250ms, 2026-01-31T11:59:59.750Z",
    "1769860800, 2026-01-31T12:00:00Z",
    "1769860800.5, 2026-01-31T12:00:00.500Z",
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05+01:00, 2026-01-02T02:04:05Z",
    "2026-01-02T03:04:05, 2026-01-02T02:04:05Z",
    "2026-01-02, 2026-01-01T23:00:00Z"
  })
  void readsTimesAndDurations(String text, Instant moment) {
    assertThat(Moment.parse("--since", text, NOW, ZoneId.of("Europe/Berlin"))).isEqualTo(moment);
  }

  @Test
  void saysHowATimeIsWritten() {
    assertThatThrownBy(() -> Moment.parse("--since", "yesterday", NOW, ZoneId.of("UTC")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--since \"yesterday\" is not a time; write 2026-01-31T12:00:00Z, or 10m for ten"
                + " minutes ago");
  }
}
