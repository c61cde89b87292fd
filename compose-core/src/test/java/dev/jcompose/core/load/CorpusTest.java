package dev.jcompose.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Real projects, loaded and printed, equal what docker compose prints for them. */
class CorpusTest {
  private static final Path HOME = Path.of("/home/someone");

  @TestFactory
  List<DynamicTest> printsWhatDockerComposePrints() throws IOException {
    Path corpus = find();
    assumeTrue(corpus != null, "SKIPPED: no folder shared/corpus/config above this one");
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> cases = Files.list(Path.of(String.valueOf(corpus)))) {
      for (Path folder : cases.sorted().toList()) {
        tests.add(
            DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> compare(folder)));
      }
    }
    return tests;
  }

  private static void compare(Path folder) throws ComposeException, IOException {
    LoadRequest request =
        new LoadRequest(
            folder,
            Map.of("PATH", "/bin", "HOME", HOME.toString()),
            HOME,
            List.of(),
            null,
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            Set.of());
    LoadedProject loaded = ProjectLoader.load(request);
    String printed = ConfigOutput.print(loaded.model(), ConfigOutput.Format.JSON, true);
    String expected =
        Files.readString(folder.resolve("expected.json"))
            .replace("@DIR@", folder.toString())
            .replace("@HOME@", HOME.toString());
    assertThat(parse(printed)).isEqualTo(parse(expected));
    // The YAML output reads back to the same model, apart from what only JSON prints.
    String yaml = ConfigOutput.print(loaded.model(), ConfigOutput.Format.YAML, true);
    LoadedProject again =
        ProjectLoader.load(
            new LoadRequest(
                folder,
                Map.of(),
                HOME,
                List.of("-"),
                yaml,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                Set.of()));
    assertThat(ConfigOutput.print(again.model(), ConfigOutput.Format.YAML, true)).isEqualTo(yaml);
  }

  private static Object parse(String json) {
    return new Load(LoadSettings.builder().build()).loadFromString(json);
  }

  private static @Nullable Path find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path corpus = at.resolve("shared/corpus/config");
      if (Files.isDirectory(corpus)) {
        return corpus;
      }
    }
    return null;
  }
}
