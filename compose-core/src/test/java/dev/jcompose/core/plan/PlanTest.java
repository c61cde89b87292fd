package dev.jcompose.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Plan UP =
      new Plan(
          List.of(step(1, "first", List.of()), step(2, "second", List.of(new Step.Need(1, false)))),
          List.of("careful"));

  @Test
  void whatComesLaterWaitsForAllBefore() {
    Plan pulls =
        new Plan(
            List.of(step(1, "a", List.of()), step(2, "b", List.of())), List.of("mind the gap"));
    assertThat(pulls.then(UP).text())
        .isEqualTo(
            """
            1. remove volume a: asked
            2. remove volume b: asked
            3. remove volume first (after 1, 2): asked
            4. remove volume second (after 3?): asked
            ! mind the gap
            ! careful
            """);
  }

  @Test
  void afterNothingItStaysAsItIs() {
    assertThat(Plan.EMPTY.then(UP)).isEqualTo(UP);
  }

  private static Step step(int number, String volume, List<Step.Need> needs) {
    return new Step(number, new Action.RemoveVolume(volume), "asked", needs);
  }
}
