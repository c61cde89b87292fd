package dev.jcompose.engine.container.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import org.junit.jupiter.api.Test;

class SignalsTest {
  @Test
  void namesAndNumbersMeanTheSame() {
    assertThat(Signals.parse("SIGTERM")).isEqualTo(15);
    assertThat(Signals.parse("term")).isEqualTo(15);
    assertThat(Signals.parse("9")).isEqualTo(9);
    assertThat(Signals.parse("RTMIN+3")).isEqualTo(37);
    assertThat(Signals.parse("SIGWINCH")).isEqualTo(28);
  }

  @Test
  void whatIsNoSignalIsSaid() {
    assertThatThrownBy(() -> Signals.parse("SIGNOPE"))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessage("invalid signal: SIGNOPE");
    assertThatThrownBy(() -> Signals.parse("65"))
        .isInstanceOf(EngineException.InvalidRequest.class);
  }
}
