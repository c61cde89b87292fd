package dev.jcompose.samples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
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
    String wanted = System.getProperty("scenario", "");
    List<Path> folders;
    try (Stream<Path> all = Files.list(Jcompose.sample("scenarios"))) {
      folders =
          all.filter(Files::isDirectory)
              .filter(folder -> folder.getFileName().toString().startsWith(wanted))
              .sorted()
              .toList();
    }
    return folders.stream()
        .map(
            folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> play(folder)));
  }

  // In a copy: some change their files, and no run may leave anything in the repository.
  private void play(Path source) throws IOException {
    Scenario scenario = Scenario.read(source.resolve("scenario.txt"));
    Path folder = work.resolve(source.getFileName().toString());
    Jcompose.copy(source, folder);
    if (!scenario.needsRegistry()) {
      play(scenario, folder, Map.of());
      return;
    }
    assumeTrue(
        LocalRegistry.isInstalled(),
        "SKIPPED: scenarios/" + source.getFileName() + " needs docker-registry");
    try (LocalRegistry registry = LocalRegistry.start(work.resolve("registry"))) {
      play(scenario, folder, Map.of("REGISTRY", registry.address()));
    }
  }

  private static void play(Scenario scenario, Path folder, Map<String, String> environment) {
    try {
      scenario.play(JCOMPOSE, folder, environment);
    } finally {
      if (Files.exists(folder.resolve("compose.yaml"))) {
        JCOMPOSE
            .shell(folder, "jcompose --profile '*' down -v -t 0 --remove-orphans", environment)
            .succeeded();
      }
    }
  }
}
