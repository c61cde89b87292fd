package dev.jcompose.core.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The same generated files through {@code docker compose config}, where there is one. {@code
 * -Ddifferential.files=N} chooses how many.
 */
class DifferentialTest {
  @TempDir Path folder = Path.of("");

  @Test
  void printsTheSameModelAsDockerCompose() throws Exception {
    assumeTrue(
        docker("compose", "version") != null,
        "SKIPPED: there is no docker compose to compare with");
    int files = Integer.getInteger("differential.files", 50);
    long seed = Long.getLong("generate.seed", 1L);
    for (int i = 0; i < files; i++) {
      Map<String, @Nullable Object> model = new ModelGenerator(seed + i).model();
      if (differs(model)) {
        Map<String, @Nullable Object> small = Shrinker.shrink(model, this::differs);
        fail("seed " + (seed + i) + ":\n" + JsonText.of(small) + "\n" + ours(small));
      }
    }
    assertThat(files).isPositive();
  }

  private boolean differs(Map<String, @Nullable Object> model) {
    String theirs = theirs(model);
    String ours = ours(model);
    if (theirs == null || ours == null) {
      return theirs != null || ours != null;
    }
    return !parse(theirs).equals(parse(ours));
  }

  private static Object parse(String json) {
    return new Load(LoadSettings.builder().build()).loadFromString(json);
  }

  private @Nullable String ours(Map<String, @Nullable Object> model) {
    try {
      return ConfigOutput.print(
          ProjectLoader.load(LoadRequest.ofText(folder, JsonText.of(model))).model(),
          ConfigOutput.Format.JSON,
          true);
    } catch (ComposeException e) {
      return null;
    }
  }

  private @Nullable String theirs(Map<String, @Nullable Object> model) {
    try {
      Path file = folder.resolve("compose.yaml");
      Files.writeString(file, JsonText.of(model));
      return docker("compose", "-f", file.toString(), "config", "--format", "json");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a docker command prints; null when it fails or there is none. */
  private static @Nullable String docker(String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
