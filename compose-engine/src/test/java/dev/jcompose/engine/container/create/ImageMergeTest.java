package dev.jcompose.engine.container.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageMergeTest {
  private static final ImageConfig IMAGE =
      new ImageConfig(
          "app",
          Set.of("80/tcp"),
          List.of("PATH=/bin", "MODE=image"),
          List.of("/entry"),
          List.of("serve"),
          Set.of("/data"),
          "/srv",
          Map.of("a", "image", "b", "image"),
          "SIGINT",
          null,
          List.of(),
          List.of());

  private static ContainerSpec asked(
      @Nullable List<String> entrypoint, @Nullable List<String> command, String... environment) {
    return ContainerSpec.ofImage("x")
        .withProcess(
            new ProcessSettings(
                entrypoint,
                command,
                List.of(environment),
                "",
                "",
                List.of(),
                ProcessSettings.Stdio.NONE,
                "",
                null,
                List.of()));
  }

  private static List<String> arguments(
      @Nullable List<String> entrypoint, @Nullable List<String> command) {
    return ImageMerge.arguments(ImageMerge.merge(asked(entrypoint, command), IMAGE));
  }

  @Test
  void anEntrypointDropsTheImagesCommandAndACommandKeepsItsEntrypoint() {
    assertThat(arguments(null, null)).containsExactly("/entry", "serve");
    assertThat(arguments(null, List.of("other"))).containsExactly("/entry", "other");
    assertThat(arguments(List.of("/mine"), null)).containsExactly("/mine");
    assertThat(arguments(List.of(), null)).containsExactly("serve");
    assertThat(arguments(List.of(""), List.of("sh"))).containsExactly("sh");
  }

  @Test
  void nothingToRunIsSaid() {
    assertThatThrownBy(
            () -> ImageMerge.arguments(ImageMerge.merge(asked(null, null), ImageConfig.EMPTY)))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("no command specified");
  }

  @Test
  void variablesOfTheRequestComeFirstAndABareNameRemovesTheImages() {
    ContainerSpec merged = ImageMerge.merge(asked(null, null, "X=1", "MODE"), IMAGE);
    assertThat(merged.process().environment()).containsExactly("X=1", "PATH=/bin");
  }

  @Test
  void theRestIsFilledInOrUnited() {
    ContainerSpec merged =
        ImageMerge.merge(asked(null, null).withLabels(Map.of("b", "mine")), IMAGE);
    assertThat(merged.process().user()).isEqualTo("app");
    assertThat(merged.process().workingDirectory()).isEqualTo("/srv");
    assertThat(merged.process().stopSignal()).isEqualTo("SIGINT");
    assertThat(merged.volumes()).containsExactly("/data");
    assertThat(merged.network().exposed()).containsExactly("80/tcp");
    assertThat(merged.labels()).isEqualTo(Map.of("a", "image", "b", "mine"));
  }
}
