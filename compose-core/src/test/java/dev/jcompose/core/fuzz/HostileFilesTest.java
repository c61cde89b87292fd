package dev.jcompose.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hurt are refused with a sentence, soon. */
@Timeout(20)
class HostileFilesTest {
  @TempDir Path folder = Path.of("");

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

  @Test
  void variablesOfAnEnvFileThatMultiply() throws IOException {
    StringBuilder env = new StringBuilder("X0=aaaaaaaaaa\n");
    for (int i = 1; i <= 40; i++) {
      env.append("X%d=${X%d}${X%d}\n".formatted(i, i - 1, i - 1));
    }
    Files.writeString(folder.resolve(".env"), env);
    refusesFolder("services: {web: {image: 'x:${X40}'}}", "more than 64 million characters");
  }

  @Test
  void oneLongVariableInManyPlaces() throws IOException {
    Files.writeString(folder.resolve(".env"), "A=" + "a".repeat(4_000_000) + "\n");
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  s").append(i).append(": {image: x, hostname: '${A}'}\n");
    }
    refusesFolder(text.toString(), "more than 64 million characters");
  }

  @Test
  void includesThatMultiply() throws IOException {
    for (int i = 1; i < 40; i++) {
      Files.writeString(
          folder.resolve("f" + i + ".yaml"),
          "include: [f%d.yaml, f%d.yaml]\n".formatted(i + 1, i + 1));
    }
    Files.writeString(folder.resolve("f40.yaml"), "services: {web: {image: x}}\n");
    refusesFolder("include: [f1.yaml]", "is one more after 5000 files");
  }

  @Test
  void aLongChainOfIncludes() throws IOException {
    for (int i = 1; i < 300; i++) {
      Files.writeString(
          folder.resolve("f" + i + ".yaml"), "include: [f%d.yaml]\n".formatted(i + 1));
    }
    refusesFolder("include: [f1.yaml]", "more than 100 deep");
  }

  @Test
  void envFilesThatAreReadAgainAndAgain() throws IOException {
    Files.writeString(folder.resolve("a.env"), "A=1\n");
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  s").append(i).append(": {image: x, env_file: a.env}\n");
    }
    refusesFolder(text.toString(), "is one more after 5000 files");
  }

  @Test
  void aLargeServiceThatManyExtend() throws IOException {
    StringBuilder text = new StringBuilder("services:\n  base:\n    image: x\n    environment:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("      V").append(i).append(": a\n");
    }
    for (int i = 0; i < 10_000; i++) {
      text.append("  s").append(i).append(": {extends: base}\n");
    }
    refusesFolder(text.toString(), "bring more than 1000000 values");
  }

  @Test
  void hugePortRangesOfManyServices() throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("  s").append(i).append(": {image: x, ports: ['1-65535']}\n");
    }
    refusesFolder(text.toString(), "makes more than 1000000");
  }

  private void refusesFolder(String text, String sentence) throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), text);
    assertThatThrownBy(() -> ProjectLoader.load(LoadRequest.in(folder, Map.of())))
        .isInstanceOf(ComposeException.class)
        .hasMessageContaining(sentence);
  }
}
