package dev.jcompose.engine.container.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartDelayTest {
  private final RestartDelay delay = new RestartDelay();

  @Test
  void doublesUpToAMinuteAndIsShortAgainAfterARunThatLasted() {
    assertThat(delay.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
    assertThat(delay.after(Duration.ofSeconds(9))).isEqualTo(Duration.ofMillis(200));
    assertThat(delay.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(400));
    for (int i = 0; i < 20; i++) {
      delay.after(Duration.ZERO);
    }
    assertThat(delay.after(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
    assertThat(delay.after(Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(100));
  }
}
