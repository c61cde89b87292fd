package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.build.check.Checks;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files made to hurt are refused with a sentence or read, soon. */
@Timeout(20)
class HostileDockerfileTest {
  private static void refuses(String text, String sentence) {
    assertThatThrownBy(() -> DockerfileParser.parse("Dockerfile", text))
        .isInstanceOf(DockerfileException.class)
        .hasMessageContaining(sentence);
  }

  private static void looksAt(String text) {
    Dockerfile file = DockerfileParser.parse("Dockerfile", text);
    Checks.run(
        file,
        new CheckRequest(
            Map.of(), Map.of(), Set.of(), IgnoreRules.NONE, CheckRequest.Bases.UNKNOWN));
  }

  private static void refusesWord(String text, Map<String, String> variables, String sentence) {
    assertThatThrownBy(() -> new Lexer('\\').expand(text, variables::get))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aFileOfManyCharacters() {
    refuses("FROM a\n" + "#".repeat(5_000_000), "four million");
  }

  @Test
  void aLongLine() {
    refuses("FROM a\nRUN " + "x".repeat(70_000), "longer than 65535 bytes");
  }

  @Test
  void nestingWithoutEnd() {
    String deep = "${A:-".repeat(10_000) + "}".repeat(10_000);
    refusesWord(deep, Map.of(), "nested more than");
    looksAt("FROM scratch\nCMD " + "[".repeat(60_000));
  }

  @Test
  void variablesThatDouble() {
    refusesWord("$A".repeat(100), Map.of("A", "x".repeat(60_000)), "a million characters");
  }

  @Test
  void patternsThatWouldBacktrack() throws SyntaxException {
    Map<String, String> variables = Map.of("A", "a".repeat(20_000));
    Lexer lexer = new Lexer('\\');
    assertThat(lexer.expand("${A##" + "*a".repeat(40) + "*b}", variables::get).text())
        .hasSize(20_000);
    assertThat(lexer.expand("${A//" + "*a".repeat(40) + "b/x}", variables::get).text())
        .hasSize(20_000);
    refusesWord("${A#" + "?".repeat(60_000) + "}", variables, "too long");
  }

  @Test
  void ignorePatternsThatWouldBacktrack() {
    IgnoreRules rules = IgnoreRules.parse(".dockerignore", "**/*a".repeat(30) + "b");
    assertThat(rules.excludes("a/".repeat(500) + "a")).isFalse();
  }

  @Test
  void manyMistakesAreCut() {
    StringBuilder text = new StringBuilder("FROM a\n");
    for (int i = 0; i < 200_000; i++) {
      text.append("NOPE ").append(i).append('\n');
    }
    assertThatThrownBy(() -> DockerfileParser.parse("Dockerfile", text.toString()))
        .isInstanceOfSatisfying(
            DockerfileException.class, e -> assertThat(e.problems()).hasSize(50));
  }

  @Test
  void manyWarningsAreCut() {
    StringBuilder text = new StringBuilder("FROM scratch\n");
    for (int i = 0; i < 100_000; i++) {
      text.append("USER $MISSING_").append(i).append('\n');
    }
    looksAt(text.toString());
  }

  @Test
  void anInstructionOfManyLines() {
    looksAt("FROM scratch\nENV A=1" + " \\\n  $B=2".repeat(100_000));
  }

  @Test
  void manyStagesOfTheSameName() {
    looksAt("FROM scratch AS a\nCOPY --from=a x y\n".repeat(50_000));
  }

  @Test
  void manyHeredocs() {
    refuses("FROM a\nRUN " + "<<x ".repeat(5_000) + "\n" + "x\n".repeat(4_999), "has no end");
  }
}
