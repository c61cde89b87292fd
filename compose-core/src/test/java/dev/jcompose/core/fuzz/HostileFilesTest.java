package dev.jcompose.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files made to hurt are refused with a sentence, soon. */
@Timeout(20)
class HostileFilesTest {
  private static void refuses(String text, String sentence) {
    assertThatThrownBy(() -> ProjectLoader.load(LoadRequest.ofText(Path.of("/nowhere/p"), text)))
        .isInstanceOf(ComposeException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aliasesThatMultiply() {
    StringBuilder text = new StringBuilder("x-a0: &a0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 12; i++) {
      text.append("x-a").append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
    }
    refuses(text.toString(), "more than 100000 values");
  }

  @Test
  void mergesThatMultiply() {
    StringBuilder text = new StringBuilder("x-a0: &a0 {k: v, l: w}\n");
    for (int i = 1; i < 40; i++) {
      text.append(
          "x-a%d: &a%d {<<: *a%d, p: *a%d, q: *a%d}\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    refuses(text.toString(), "more than 100000 values");
  }

  @Test
  void nestingWithoutEnd() {
    refuses("x: " + "[".repeat(100_000), "deep");
    refuses("x: " + "{a: ".repeat(100_000), "deep");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    refuses(text.toString(), "deep");
  }

  @Test
  void aFileOfManyCharacters() {
    refuses("x-a: " + "a".repeat(9_000_000), "million characters");
  }

  @Test
  void variablesWithinVariables() {
    refuses(
        "services: {web: {image: \"" + "${A:-".repeat(2_000) + "}".repeat(2_000) + "\"}}",
        "nested more than");
  }

  @Test
  void aLongChainOfServices() {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 8_000; i++) {
      text.append("  s%d: {image: x, depends_on: [s%d]}\n".formatted(i, (i + 1) % 8_000));
    }
    refuses(text.toString(), "wait for each other");
  }

  @Test
  void aLongChainOfExtends() {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 8_000; i++) {
      text.append("  s%d: {image: x, extends: s%d}\n".formatted(i, (i + 1) % 8_000));
    }
    refuses(text.toString(), "more than 100 deep");
  }

  @Test
  void aHugePortRange() throws ComposeException {
    assertThat(
            ProjectLoader.load(
                    LoadRequest.ofText(
                        Path.of("/nowhere/p"),
                        "services: {web: {image: x, ports: ['1-65535:1-65535']}}"))
                .project()
                .services())
        .hasSize(1);
  }

  @Test
  void devicesInsteadOfFiles() {
    refuses("include: [/dev/zero]", "is not a regular file");
    refuses("services: {a: {image: x, env_file: /dev/zero}}", "is not a regular file");
    refuses("services: {a: {extends: {file: /dev/tty, service: b}}}", "is not a regular file");
  }

  @Test
  void manyMistakesAreCut() {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("  s").append(i).append(": {imge: x}\n");
    }
    refuses(text.toString(), "imge");
  }
}
