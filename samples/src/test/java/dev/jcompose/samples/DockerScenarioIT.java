package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios once more, on a Docker engine: the same files and the same commands, but for what
 * is marked there as the own engine's, which is skipped with the reason that it gives. {@code
 * -Dscenario=NAME} runs those whose name begins so, {@code -Ddocker.scenarios=all} all of them;
 * else some are left out, so that it takes no longer than four minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerScenarioIT {
  /** Those that say least about an engine, for what they cost. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "down-more",
          "dry-run",
          "global-options",
          "image-archives",
          "plan-flags",
          "up-images",
          "up-menu");

  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir static Path data;

  @TempDir Path work;

  private DockerDaemon docker;

  @BeforeAll
  void startDocker() throws Exception {
    docker = DockerDaemon.start(JCOMPOSE, data);
  }

  @AfterAll
  void stopDocker() throws Exception {
    if (docker != null) {
      docker.close();
    }
  }

  @TestFactory
  List<DynamicTest> showsWhatItSays() throws IOException {
    ScenarioStage stage =
        new ScenarioStage(
            JCOMPOSE, work, Map.of("JCOMPOSE_HOST", docker.host()), docker.entrance());
    boolean all =
        "all".equals(System.getProperty("docker.scenarios"))
            || System.getProperty("scenario") != null;
    List<DynamicTest> tests = new ArrayList<>();
    for (Scenario scenario : ScenarioStage.scenarios()) {
      if (!all && LEFT_OUT.contains(scenario.name())) {
        tests.add(skipped(scenario.name(), "to save time; -Ddocker.scenarios=all runs it"));
      } else if (scenario.ownEngine().isEmpty()) {
        tests.add(DynamicTest.dynamicTest(scenario.name(), () -> play(stage, scenario)));
        for (Scenario.Step step : scenario.steps()) {
          if (!step.ownEngine().isEmpty()) {
            tests.add(skipped(scenario.name() + ", line " + step.line(), step.ownEngine()));
          }
        }
      } else {
        tests.add(skipped(scenario.name(), scenario.ownEngine()));
      }
    }
    return tests;
  }

  private void play(ScenarioStage stage, Scenario scenario) throws IOException {
    stage.play(scenario.onAnyEngine());
    docker.removeImages();
    assertThat(docker.belongings()).isEmpty();
  }

  private static DynamicTest skipped(String name, String reason) {
    return DynamicTest.dynamicTest(
        name, () -> assumeTrue(false, "SKIPPED on a Docker engine: " + reason));
  }
}
