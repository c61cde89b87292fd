package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.cli.session.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerWordsTest {
  @Test
  void aloneItTakesTheWordsAsTheyAre() {
    assertThat(translated("-f", "compose", "up", "-d")).isEqualTo("-f compose up -d");
    assertThat(translated("--file=a.yaml", "-p", "demo", "ps"))
        .isEqualTo("--file=a.yaml -p demo ps");
  }

  @Test
  void behindDockerTheWordComposeGoes() {
    assertThat(translated("compose", "--ansi", "never", "config", "--format=json"))
        .isEqualTo("--ansi never config --format=json");
    assertThat(translated("-H", "unix:///x", "-l", "info", "compose", "-f", "a", "up"))
        .isEqualTo("--host unix:///x -f a up");
    assertThat(translated("--host=unix:///x", "-D", "compose", "ps"))
        .isEqualTo("--host unix:///x --verbose ps");
  }

  @Test
  void aServiceMayBeCalledCompose() {
    assertThat(translated("compose", "logs", "compose")).isEqualTo("logs compose");
  }

  @Test
  void whatDockerConnectsWithOtherwiseIsRefused() {
    assertThatThrownBy(() -> translated("--context", "far", "compose", "ps"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--context has no effect here");
    assertThatThrownBy(() -> translated("--tlsverify", "compose", "ps"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--tlsverify");
  }

  @Test
  void dockerIsToldWhatThisIs() {
    assertThat(DockerWords.isQuestion(List.of("docker-cli-plugin-metadata"))).isTrue();
    assertThat(DockerWords.metadata("1.2"))
        .isEqualTo(
            "{\"SchemaVersion\":\"0.1.0\",\"Vendor\":\"jcompose\",\"Version\":\"1.2\","
                + "\"ShortDescription\":\"Compose files without Docker\"}");
  }

  private static String translated(String... words) {
    return String.join(" ", DockerWords.translate(List.of(words)));
  }
}
