package dev.jcompose.engine.container.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeOutputTest {
  @Test
  void keepsFourKilobytesAndSaysThatThereWasMore() {
    ProbeOutput output = new ProbeOutput();
    output.add("x".repeat(4000).getBytes(StandardCharsets.US_ASCII));
    output.add("y".repeat(96).getBytes(StandardCharsets.US_ASCII));
    assertThat(output.text()).hasSize(4096).endsWith("y");
    output.add(new byte[] {'z'});
    assertThat(output.text()).hasSize(4099).endsWith("y...");
  }

  @Test
  void writesDurationsAsGoDoes() {
    assertThat(ProbeOutput.duration(Duration.ofSeconds(30))).isEqualTo("30s");
    assertThat(ProbeOutput.duration(Duration.ofMillis(1500))).isEqualTo("1.5s");
    assertThat(ProbeOutput.duration(Duration.ofMillis(200))).isEqualTo("200ms");
    assertThat(ProbeOutput.duration(Duration.ofSeconds(90))).isEqualTo("1m30s");
    assertThat(ProbeOutput.duration(Duration.ofHours(1))).isEqualTo("1h0m0s");
  }
}
