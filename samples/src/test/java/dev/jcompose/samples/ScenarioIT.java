package dev.jcompose.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every folder of {@code samples/scenarios} on real containers: each verb and flag as somebody
 * would type it. {@code -Dscenario=NAME} runs those whose name begins so.
 */
class ScenarioIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path work;

  @TestFactory
  Stream<DynamicTest> showsWhatItSays() throws IOException {
    ScenarioStage stage = new ScenarioStage(JCOMPOSE, work, Map.of(), List.of());
    return ScenarioStage.scenarios().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> stage.play(scenario)));
  }
}
