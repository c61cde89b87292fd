package dev.jcompose.samples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the scenarios of {@code samples/scenarios} are played: in copies, since some change their
 * files, and no run may leave anything in the repository.
 *
 * @param work for the copies
 * @param environment more variables for all commands
 * @param entrance words that lead a program into the network the engine is in
 */
record ScenarioStage(
    Jcompose jcompose, Path work, Map<String, String> environment, List<String> entrance) {

  /** All of them, or those whose name begins as {@code -Dscenario} says. */
  static List<Scenario> scenarios() throws IOException {
    String wanted = System.getProperty("scenario", "");
    List<Path> folders;
    try (Stream<Path> all = Files.list(Jcompose.sample("scenarios"))) {
      folders =
          all.filter(Files::isDirectory)
              .filter(folder -> folder.getFileName().toString().startsWith(wanted))
              .sorted()
              .toList();
    }
    List<Scenario> scenarios = new ArrayList<>();
    for (Path folder : folders) {
      scenarios.add(Scenario.read(folder.resolve("scenario.txt")));
    }
    return scenarios;
  }

  /** Plays one, with a registry where it needs one, and takes down what it brought up. */
  void play(Scenario scenario) throws IOException {
    Path folder = work.resolve(scenario.name());
    Jcompose.copy(scenario.folder(), folder);
    if (!scenario.needsRegistry()) {
      play(scenario, folder, environment);
      return;
    }
    assumeTrue(
        LocalRegistry.isInstalled(),
        "SKIPPED: scenarios/" + scenario.name() + " needs docker-registry");
    try (LocalRegistry registry = LocalRegistry.within(entrance, work.resolve("registry"))) {
      Map<String, String> more = new HashMap<>(environment);
      more.put("REGISTRY", registry.address());
      play(scenario, folder, more);
    }
  }

  private void play(Scenario scenario, Path folder, Map<String, String> variables) {
    try {
      scenario.play(jcompose, folder, variables);
    } finally {
      if (Files.exists(folder.resolve("compose.yaml"))) {
        jcompose
            .shell(folder, "jcompose --profile '*' down -v -t 0 --remove-orphans", variables)
            .succeeded();
      }
    }
  }
}
