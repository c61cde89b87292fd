package dev.jcompose.core.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is printed reads back to the same, for files made of every attribute; {@code
 * -Dgenerate.seed=N} chooses them.
 */
class RoundTripTest {
  private static final int FILES = 500;

  /**
   * What is printed has no disabled services, but links to them stay; and there are no files here.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("services.*.profiles", "services.*.env_file", "services.*.label_file");

  @Test
  void printedModelsReadBackToThemselves() {
    long seed = Long.getLong("generate.seed", 1L);
    int loaded = 0;
    for (int i = 0; i < FILES; i++) {
      Map<String, @Nullable Object> model =
          new ModelGenerator(new Random(seed + i), LEFT_OUT).model();
      if (print(model) != null) {
        loaded++;
      }
      if (differs(model)) {
        Map<String, @Nullable Object> small = Shrinker.shrink(model, RoundTripTest::differs);
        fail("seed " + (seed + i) + ":\n" + FlowText.of(small) + "\n" + print(small));
      }
    }
    assertThat(loaded).as("generated files that load").isGreaterThan(FILES * 6 / 10);
  }

  private static boolean differs(Map<String, @Nullable Object> model) {
    String printed = print(model);
    if (printed == null) {
      return false;
    }
    try {
      return !printed.equals(print(load(printed)));
    } catch (ComposeException e) {
      return true;
    }
  }

  private static @Nullable String print(Map<String, @Nullable Object> model) {
    try {
      return print(load(FlowText.of(model)));
    } catch (ComposeException e) {
      return null;
    }
  }

  private static String print(LoadedProject loaded) {
    return ConfigOutput.print(loaded.model(), ConfigOutput.Format.YAML, true);
  }

  private static LoadedProject load(String text) throws ComposeException {
    return ProjectLoader.load(LoadRequest.ofText(Path.of("/nowhere/project"), text));
  }
}
