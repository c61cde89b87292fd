package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineArgumentsTest {
  @Test
  void argumentsWinOverTheEnvironmentAndThatOverTheDefaults() {
    assertThat(EngineArguments.parse(List.of(), Map.of()))
        .isEqualTo(
            new EngineArguments(
                Path.of("/var/lib/jcompose"), Duration.ofMinutes(5), StorageLimits.NONE));
    assertThat(
            EngineArguments.parse(
                List.of("--idle", "0"),
                Map.of("JCOMPOSE_ROOT", "/tmp/x", "JCOMPOSE_ENGINE_IDLE", "7")))
        .isEqualTo(new EngineArguments(Path.of("/tmp/x"), Duration.ZERO, StorageLimits.NONE));
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

  @ParameterizedTest
  @CsvSource({"0, 0", "20G, 21474836480", "512mb, 536870912", "1000, 1000", "'', 0"})
  void readsTheLimitsOfTheImagesAndOfTheBuildCache(String text, long bytes) {
    assertThat(limits(Map.of("JCOMPOSE_IMAGE_LIMIT", text))).isEqualTo(new StorageLimits(bytes, 0));
    assertThat(limits(Map.of("JCOMPOSE_BUILD_CACHE_LIMIT", text)))
        .isEqualTo(new StorageLimits(0, bytes));
  }

  private static StorageLimits limits(Map<String, String> environment) {
    return EngineArguments.parse(List.of(), environment).limits();
  }

  @Test
  void saysHowASizeIsWritten() {
    assertThatThrownBy(
            () -> EngineArguments.parse(List.of(), Map.of("JCOMPOSE_IMAGE_LIMIT", "much")))
        .hasMessageContaining("much")
        .hasMessageContaining("20G");
  }
}
