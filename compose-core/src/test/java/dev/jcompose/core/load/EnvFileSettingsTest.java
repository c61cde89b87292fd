package dev.jcompose.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the command line that stand in env files. */
class EnvFileSettingsTest {
  @TempDir Path folder = Path.of("");

  private Map<String, String> settings(Map<String, String> environment) {
    return EnvFileSettings.of(LoadRequest.in(folder, environment));
  }

  @Test
  void onlyWhatStartsWithComposeIsTakenAndTheEnvironmentWins() throws IOException {
    Files.writeString(
        folder.resolve(".env"), "COMPOSE_ANSI=never\nCOMPOSE_PROGRESS=plain\nOTHER=x\n");
    assertThat(settings(Map.of("COMPOSE_ANSI", "always")))
        .containsOnly(Map.entry("COMPOSE_ANSI", "always"), Map.entry("COMPOSE_PROGRESS", "plain"));
  }

  @Test
  void theNamedEnvFilesStandInForTheUsualOne() throws IOException {
    Files.writeString(folder.resolve(".env"), "COMPOSE_ANSI=never\n");
    Files.writeString(folder.resolve("ci.env"), "COMPOSE_PROGRESS=json\n");
    assertThat(settings(Map.of("COMPOSE_ENV_FILES", "ci.env")))
        .containsEntry("COMPOSE_PROGRESS", "json")
        .doesNotContainKey("COMPOSE_ANSI");
  }

  @Test
  void aFileThatCannotBeReadGivesNothingYet() throws IOException {
    Files.writeString(folder.resolve(".env"), "COMPOSE_ANSI=\"never\n");
    assertThat(settings(Map.of("A", "1"))).containsOnly(Map.entry("A", "1"));
  }

  @Test
  void theFileMayBeSwitchedOff() throws IOException {
    Files.writeString(folder.resolve(".env"), "COMPOSE_ANSI=never\n");
    assertThat(settings(Map.of("COMPOSE_DISABLE_ENV_FILE", "1"))).doesNotContainKey("COMPOSE_ANSI");
  }
}
