package dev.jcompose.cli.render.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.reconcile.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTableTest {
  @Test
  void linesComeInTheOrderStepsBeganOnOneScale() {
    assertThat(
            TimingTable.of(
                List.of(
                    timing("start container a", 30, 10),
                    timing("create network n", 0, 20),
                    timing("create container a", 20, 10))))
        .isEqualTo(
            """
            BEGAN    TOOK     STEP
            0.0ms    20.0ms   create network n     ====================
            20.0ms   10.0ms   create container a                       ==========
            30.0ms   10.0ms   start container a                                  ==========
            in all 40.0ms
            """);
  }

  @Test
  void nothingDoneSaysNothing() {
    assertThat(TimingTable.of(List.of())).isEmpty();
  }

  private static Outcome.Timing timing(String step, int began, int took) {
    return new Outcome.Timing(step, Duration.ofMillis(began), Duration.ofMillis(took));
  }
}
