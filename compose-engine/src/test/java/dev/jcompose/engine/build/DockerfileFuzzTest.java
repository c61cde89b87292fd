package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.build.check.Checks;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.BuildProblem;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.stage.StageReferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Broken input gives sentences, never another exception, never a hang. {@code -Dfuzz.rounds=N} and
 * {@code -Dfuzz.seed=N} choose how much and what.
 */
class DockerfileFuzzTest {
  private static final String SPICE = "${}\"'\\`<>#=-/:[],*?!%+@\n\t\r \0ab01AZ\u00e9\u2028\ud83d";
  private static final Map<String, String> VARIABLES =
      Map.of("A", "value", "B", "a/b/c.d", "C", "");

  private final long seed = Long.getLong("fuzz.seed", 20260101L);
  private final int rounds = Integer.getInteger("fuzz.rounds", 3000);
  private final Random random = new Random(seed);

  /** One thing to try; what it may throw is caught inside. */
  private interface Trial {
    void run(String text) throws IOException;
  }

  @Test
  void mutatedDockerfilesGiveRecordsOrSentences() throws IOException {
    List<String> seeds = new ArrayList<>();
    for (Path folder : DockerfileGoldenTest.folders()) {
      seeds.add(Files.readString(folder.resolve("Dockerfile")));
    }
    fuzz(seeds, DockerfileFuzzTest::read);
  }

  @Test
  void mutatedWordsExpandOrGiveSentences() throws IOException {
    Lexer lexer = new Lexer('\\');
    Lexer keeping = new Lexer('`', Lexer.Keep.QUOTES, Lexer.Keep.ESCAPES, Lexer.Keep.UNSET);
    fuzz(
        inputs("expand.txt"),
        text -> {
          for (Lexer each : List.of(lexer, keeping)) {
            try {
              assertThat(each.expand(text, VARIABLES::get).words()).doesNotContain("");
            } catch (SyntaxException e) {
              assertThat(e.text()).isNotBlank();
              assertThat(e.nextMove()).isNotBlank();
            }
          }
        });
  }

  @Test
  void mutatedIgnoreFilesGiveRulesOrSentences() throws IOException {
    fuzz(
        inputs("ignore.txt"),
        text -> {
          try {
            IgnoreRules rules = IgnoreRules.parse(".dockerignore", text.replace(" ; ", "\n"));
            rules.excludes("a/b/c.txt");
            rules.mayIncludeBelow("a/b");
          } catch (DockerfileException e) {
            assertSentences(e);
          }
        });
  }

  private void fuzz(List<String> seeds, Trial trial) {
    for (int i = 0; i < rounds; i++) {
      String text = mutate(seeds.get(random.nextInt(seeds.size())));
      long start = System.nanoTime();
      assertThatCode(() -> trial.run(text))
          .as("seed %d, round %d, text:%n%s", seed, i, text)
          .doesNotThrowAnyException();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("seed %d, round %d, text:%n%s", seed, i, text)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void read(String text) {
    try {
      Dockerfile file = DockerfileParser.parse("Dockerfile", text);
      assertThat(file.stages()).isNotEmpty();
      StageReferences.check(file, Set.of());
      Checks.run(
          file,
          new CheckRequest(
              Map.of(), Map.of(), Set.of(), IgnoreRules.NONE, CheckRequest.Bases.UNKNOWN));
      for (Stage stage : file.stages()) {
        for (Instruction instruction : stage.instructions()) {
          if (instruction instanceof Instruction.OnBuild onBuild) {
            // What an image keeps can be read by whoever builds on it.
            DockerfileParser.parseTrigger("image", onBuild.trigger());
          }
        }
      }
    } catch (DockerfileException e) {
      assertSentences(e);
    }
  }

  private static void assertSentences(DockerfileException e) {
    assertThat(e.problems()).isNotEmpty();
    for (BuildProblem problem : e.problems()) {
      assertThat(problem.text()).isNotBlank();
      assertThat(problem.nextMove()).isNotBlank();
    }
  }

  private static List<String> inputs(String table) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/tables").resolve(table)).stream()
        .filter(line -> line.contains(" ==>"))
        .map(line -> line.substring(0, line.lastIndexOf(" ==>")))
        .toList();
  }

  private String mutate(String text) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(5);
    for (int i = 0; i < changes && !mutated.isEmpty(); i++) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(7)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, spice());
        case 2 -> mutated.setCharAt(at, spice());
        case 3 -> mutated.insert(at, mutated.substring(at, end(mutated, at)));
        case 4 -> mutated.delete(at, end(mutated, at));
        case 5 -> mutated.setCharAt(at, (char) (mutated.charAt(at) ^ (1 << random.nextInt(7))));
        default -> moveLine(mutated);
      }
    }
    // Through bytes, so that broken encodings are met too.
    return new String(mutated.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private char spice() {
    return SPICE.charAt(random.nextInt(SPICE.length()));
  }

  private int end(StringBuilder text, int start) {
    return Math.min(text.length(), start + 1 + random.nextInt(12));
  }

  private void moveLine(StringBuilder text) {
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    if (lines.size() > 1) {
      lines.add(random.nextInt(lines.size()), lines.remove(random.nextInt(lines.size())));
      text.setLength(0);
      text.append(String.join("\n", lines)).append('\n');
    }
  }
}
