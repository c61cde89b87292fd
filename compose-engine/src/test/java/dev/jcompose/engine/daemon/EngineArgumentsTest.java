package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineArgumentsTest {
  @Test
  void argumentsWinOverTheEnvironmentAndThatOverTheDefaults() {
    assertThat(EngineArguments.parse(List.of(), Map.of()))
        .isEqualTo(new EngineArguments(Path.of("/var/lib/jcompose"), Duration.ofMinutes(5)));
    assertThat(
            EngineArguments.parse(
                List.of("--idle", "0"),
                Map.of("JCOMPOSE_ROOT", "/tmp/x", "JCOMPOSE_ENGINE_IDLE", "7")))
        .isEqualTo(new EngineArguments(Path.of("/tmp/x"), Duration.ZERO));
  }

  @Test
  void whatMakesNoSenseIsSaidWithTheUsage() {
    for (List<String> wrong :
        List.of(List.of("--rot", "x"), List.of("--root"), List.of("--idle", "soon"))) {
      assertThatThrownBy(() -> EngineArguments.parse(wrong, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("usage: jcompose-engine");
    }
  }
}
