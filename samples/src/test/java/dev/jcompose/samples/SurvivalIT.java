package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SurvivalIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  @Test
  void containersOutliveAKilledEngineAndTheirOutputIsKept() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: survivor
        services:
          clock:
            image: jcompose/base
            command: sh -c 'i=0; while :; do i=$$((i+1)); echo tick $$i; sleep 0.05; done'
            stop_grace_period: 0s
        """);
    JCOMPOSE.runIn(folder, Map.of(), "up", "-d").succeeded();
    String before = inspectId();
    long ticksBefore = awaitTicksAfter(0);

    long engine =
        Long.parseLong(Files.readString(JCOMPOSE.root().resolve("run/engine.pid")).strip());
    ProcessHandle.of(engine).orElseThrow().destroyForcibly();
    await().until(() -> ProcessHandle.of(engine).map(p -> !p.isAlive()).orElse(true));

    assertThat(inspectId()).isEqualTo(before);
    long ticksAfter = awaitTicksAfter(ticksBefore);
    assertThat(ticksAfter).isGreaterThan(ticksBefore);
    // No line is lost: the numbers run without a gap.
    String logs = logs();
    for (long tick = 1; tick <= ticksAfter; tick++) {
      assertThat(logs).contains("tick " + tick + "\n");
    }
    JCOMPOSE.runIn(folder, Map.of(), "down", "-v").succeeded();
  }

  private String inspectId() {
    return JCOMPOSE.runIn(folder, Map.of(), "ps", "-q", "--no-trunc").succeeded().stdout().strip();
  }

  private String logs() {
    return JCOMPOSE.runIn(folder, Map.of(), "logs", "--no-log-prefix").succeeded().stdout();
  }

  private long awaitTicksAfter(long seen) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> logs().lines().filter(line -> line.startsWith("tick ")).count(), n -> n > seen);
  }
}
