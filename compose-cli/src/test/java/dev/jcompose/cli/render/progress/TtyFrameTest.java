package dev.jcompose.cli.render.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.reconcile.ProgressEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TtyFrameTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void countsWhatIsDoneAndAlignsTheRest() {
    TtyFrame frame = new TtyFrame("up", false);
    frame.take(new ProgressEvent.Working("Network demo_default", "Creating"), 0);
    frame.take(new ProgressEvent.Done("Network demo_default", "Created", Duration.ofMillis(40)), 0);
    frame.take(new ProgressEvent.Working("Container demo-web-1", "Starting"), 0);
    frame.take(new ProgressEvent.Failed("Container demo-db-1", "it has no image"), SECOND);

    assertThat(frame.draw(2 * SECOND, 80, 24))
        .containsExactly(
            "[+] up 2/3",
            " ✔ Network demo_default  Created   0.0s",
            " ⠋ Container demo-web-1  Starting  2.0s",
            " ✘ Container demo-db-1   Error     0.0s");
  }

  @Test
  void coloursOnlyTheMark() {
    TtyFrame frame = new TtyFrame("up", true);
    frame.take(new ProgressEvent.Done("Volume v", "Created", Duration.ZERO), 0);

    assertThat(frame.draw(0, 80, 24).get(1))
        .isEqualTo(" \u001b[32m✔\u001b[0m Volume v  Created  0.0s");
  }

  @Test
  void clipsLinesToTheTerminal() {
    TtyFrame frame = new TtyFrame("up", false);
    frame.take(new ProgressEvent.Working("Container with-a-long-name", "Starting"), 0);

    assertThat(frame.draw(0, 20, 24)).allSatisfy(line -> assertThat(line).hasSizeLessThan(21));
  }

  @Test
  void leavesFinishedLinesOutWhenTheTerminalIsTooLow() {
    TtyFrame frame = new TtyFrame("up", false);
    for (int i = 0; i < 10; i++) {
      frame.take(new ProgressEvent.Done("Container done-" + i, "Started", Duration.ZERO), 0);
    }
    frame.take(new ProgressEvent.Working("Container late", "Starting"), 0);

    assertThat(frame.draw(0, 80, 6))
        .hasSizeLessThan(6)
        .contains("[+] up 10/11")
        .anyMatch(line -> line.contains("Container late"));
  }
}
