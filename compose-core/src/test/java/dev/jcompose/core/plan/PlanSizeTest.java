package dev.jcompose.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanSizeTest {
  @Test
  void aChainOfAThousandServicesIsPlanned() throws ComposeException {
    StringBuilder yaml = new StringBuilder("name: big\nservices:\n");
    for (int i = 0; i < 1000; i++) {
      yaml.append(
          "  s%d: {image: app%s}\n".formatted(i, i == 0 ? "" : ", depends_on: [s" + (i - 1) + "]"));
    }
    DesiredState desired =
        DesiredState.of(
            ProjectLoader.load(LoadRequest.ofText(Path.of("/src/big"), yaml.toString())).project());

    Plan plan = UpPlanner.plan(desired, ObservedText.parse("", desired), UpOptions.DEFAULT);

    assertThat(plan.steps()).hasSize(2001);
  }
}
