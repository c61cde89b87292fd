package dev.jcompose.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  @Test
  void tellsEveryStepAndWhatItNeeds() {
    ContainerRef web = new ContainerRef("demo-web-1", "0123");
    Plan plan =
        new Plan(
            List.of(
                new Step(1, new Action.RemoveVolume("old"), "it is asked for", List.of()),
                new Step(
                    2,
                    new Action.StartContainer(web),
                    "it was never started",
                    List.of(new Step.Need(1, false)))),
            List.of("careful"));

    assertThat(PlanJson.of(plan))
        .isEqualTo(
            """
            {
              "steps": [
                {
                  "step": 1,
                  "action": "RemoveVolume",
                  "text": "remove volume old",
                  "cause": "it is asked for",
                  "needs": []
                },
                {
                  "step": 2,
                  "action": "StartContainer",
                  "container": "demo-web-1",
                  "text": "start container demo-web-1",
                  "cause": "it was never started",
                  "needs": [
                    {
                      "step": 1,
                      "required": false
                    }
                  ]
                }
              ],
              "warnings": [
                "careful"
              ]
            }
            """);
  }
}
