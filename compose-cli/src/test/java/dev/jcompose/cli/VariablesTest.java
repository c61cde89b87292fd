package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment variables of docker compose that the command line and not the loader reads. */
class VariablesTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeAProject() throws IOException {
    write("compose.yaml", "name: demo\nservices: {web: {build: .}, db: {image: db}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "YES", "on"})
  void compatibilityNamesBuiltImagesWithUnderscores(String yes) {
    assertThat(run(Map.of("COMPOSE_COMPATIBILITY", yes), "config", "--images").out())
        .isEqualTo("db\ndemo_web\n");
    assertThat(run(Map.of("COMPOSE_COMPATIBILITY", yes), "build", "--print").out())
        .contains("\"tags\":[\"demo_web\"]");
  }

  @Test
  void compatibilityIsAnOptionAndMayStandInTheEnvFileToo() throws IOException {
    assertThat(run(Map.of(), "config", "--images").out()).isEqualTo("db\ndemo-web\n");
    assertThat(run(Map.of(), "--compatibility", "config", "--images").out())
        .isEqualTo("db\ndemo_web\n");
    assertThat(run(Map.of(), "--compatibility", "config").out()).doesNotContain("demo_default");
    assertThat(run(Map.of("COMPOSE_COMPATIBILITY", "1"), "config").out()).contains("demo_default");

    write(".env", "COMPOSE_COMPATIBILITY=1\n");
    assertThat(run(Map.of(), "config", "--images").out()).isEqualTo("db\ndemo_web\n");
    assertThat(run(Map.of("COMPOSE_COMPATIBILITY", "0"), "config", "--images").out())
        .isEqualTo("db\ndemo-web\n");
  }

  @Test
  void aVariableThatSaysNeitherYesNorNoIsRefused() {
    Run run = run(Map.of("COMPOSE_COMPATIBILITY", "maybe"), "config", "--images");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "jcompose: COMPOSE_COMPATIBILITY is \"maybe\", neither yes nor no; write true or"
                + " false\n");
  }

  @Test
  void readsStandardInputThatComposeFileNames() throws IOException {
    write("more.yaml", "services: {web: {hostname: more}}\n");
    String input = "name: piped\nservices: {web: {image: x}}\n";

    assertThat(piped(Map.of("COMPOSE_FILE", "-"), input, "config", "--services").out())
        .isEqualTo("web\n");
    assertThat(piped(Map.of("COMPOSE_FILE", "-:more.yaml"), input, "config").out())
        .startsWith("name: piped\n")
        .contains("hostname: more");
    write(".env", "COMPOSE_FILE=more.yaml,-\nCOMPOSE_PATH_SEPARATOR=,\n");
    assertThat(piped(Map.of(), input, "config").out()).startsWith("name: piped\n");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPOSE_ANSI, sometimes, auto\\, always or never",
    "COMPOSE_PROGRESS, loud, auto\\, tty\\, plain\\, json or quiet",
    "COMPOSE_PARALLEL_LIMIT, many, write one\\, or -1 for no limit",
    "BUILDKIT_PROGRESS, loud, auto\\, tty\\, plain\\, json or quiet",
    "COMPOSE_STATUS_STDOUT, perhaps, true or false",
  })
  void namesTheVariableWhoseValueIsNotKnown(String variable, String value, String move) {
    Run run = run(Map.of(variable, value), "build");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(variable + " ")
        .contains("\"" + value + "\"")
        .contains(move.replace("\\", ""))
        .hasLineCount(1);
  }

  @Test
  void envFilesMayBeNamedAndSwitchedOffInTheUsualOne() throws IOException {
    write("compose.yaml", "services: {web: {image: \"x:${TAG:-none}\"}}\n");
    write("one.env", "TAG=one\n");

    write(".env", "TAG=usual\nCOMPOSE_ENV_FILES=one.env\n");
    assertThat(run(Map.of(), "config", "--images").out()).isEqualTo("x:one\n");
    write(".env", "TAG=usual\nCOMPOSE_DISABLE_ENV_FILE=1\n");
    assertThat(run(Map.of(), "config", "--images").out()).isEqualTo("x:none\n");
    assertThat(run(Map.of("COMPOSE_DISABLE_ENV_FILE", "0"), "config", "--images").out())
        .isEqualTo("x:usual\n");
  }

  @Test
  void anOptionWinsOverItsVariable() {
    Run run = run(Map.of("COMPOSE_PROGRESS", "loud"), "--progress", "plain", "build");
    assertThat(run.err()).doesNotContain("loud");
    Run limited = run(Map.of("COMPOSE_PARALLEL_LIMIT", "many"), "--parallel", "1", "build");
    assertThat(limited.err()).doesNotContain("many");
    Run built = run(Map.of("BUILDKIT_PROGRESS", "loud"), "build", "--progress", "plain");
    assertThat(built.err()).doesNotContain("loud");
  }

  @Test
  void failuresAreJsonWhenTheVariableForProgressSaysSo() throws IOException {
    assertThat(run(Map.of("COMPOSE_PROGRESS", "json"), "lgos").err())
        .startsWith("{\"error\":true,\"message\":\"there is no command");
    write(".env", "COMPOSE_PROGRESS=json\n");
    assertThat(run(Map.of(), "lgos").err()).startsWith("{\"error\":true");
    assertThat(run(Map.of(), "--progress", "plain", "lgos").err()).startsWith("jcompose: ");
  }

  @Test
  void buildsAreToldTheProxiesOfTheUserBelowWhatTheFileSays() throws IOException {
    write("compose.yaml", "services: {web: {build: {context: ., args: {http_proxy: own}}}}\n");
    write("config.json", "{\"proxies\": {\"default\": {\"httpProxy\": \"http://p:1\"}}}");

    assertThat(run(Map.of("DOCKER_CONFIG", folder.toString()), "build", "--print").out())
        .contains("\"HTTP_PROXY\":\"http://p:1\"")
        .contains("\"http_proxy\":\"own\"");
  }

  @Test
  void aUserConfigurationThatIsBrokenIsNamed() throws IOException {
    write("config.json", "{");

    Run run = run(Map.of("DOCKER_CONFIG", folder.toString()), "build", "--print");
    assertThat(run.status()).isEqualTo(15);
    assertThat(run.err()).contains("config.json is not proper JSON").hasLineCount(1);
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    Map<String, String> both = Map.of("COMPOSE_REMOVE_ORPHANS", "1", "COMPOSE_IGNORE_ORPHANS", "1");

    assertThat(run(both, "create").err())
        .contains("COMPOSE_REMOVE_ORPHANS contradicts COMPOSE_IGNORE_ORPHANS");
    assertThat(run(both, "run", "db").err())
        .contains("COMPOSE_REMOVE_ORPHANS contradicts COMPOSE_IGNORE_ORPHANS");
    assertThat(run(both, "up", "-d", "--remove-orphans=false", "none").err())
        .contains("there is no service \"none\"");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPOSE_BAKE, false, true",
    "COMPOSE_EXPERIMENTAL, 1, 0",
    "COMPOSE_EXPERIMENTAL_GIT_REMOTE, true, false",
    "COMPOSE_EXPERIMENTAL_OCI_REMOTE, true, false",
    "COMPOSE_EXPERIMENTAL_WATCH_TAR, 0, ''",
    "COMPOSE_WATCH_WINDOWS_BUFFER_SIZE, 65536, ''",
  })
  void warnsOfAVariableThatAsksForWhatIsNotHere(String variable, String asking, String not)
      throws IOException {
    assertThat(run(Map.of(variable, asking), "config", "-q").err())
        .startsWith("Warning: " + variable + " has no effect here: ")
        .hasLineCount(1);
    assertThat(run(Map.of(variable, not), "config", "-q").err()).isEmpty();

    write(".env", variable + "=" + asking + "\n");
    assertThat(run(Map.of(), "config", "-q").err()).startsWith("Warning: " + variable);
  }

  @Test
  void theDoctorTellsOfVariablesOfDockerThatHaveNoEffect() {
    assertThat(run(Map.of("DOCKER_HOST", "unix:///x"), "--root", "/tmp", "doctor").out())
        .contains("DOCKER_HOST has no effect here")
        .contains("JCOMPOSE_HOST");
  }

  @Test
  void theDefaultPlatformIsThatOfTheProjectsEnvironment() throws IOException {
    write("compose.yaml", "services: {web: {build: .}, db: {build: ., platform: linux/amd64}}\n");
    write(".env", "DOCKER_DEFAULT_PLATFORM=linux/arm64\n");

    assertThat(run(Map.of(), "build", "--print", "web").out())
        .contains("\"platforms\":[\"linux/arm64\"]");
    assertThat(run(Map.of(), "build", "--print", "db").out())
        .contains("\"platforms\":[\"linux/amd64\"]");
    assertThat(run(Map.of(), "config").out()).doesNotContain("arm64");
  }

  @Test
  void theDefaultPlatformMustBeOneOfTheBuildsPlatforms() throws IOException {
    write("compose.yaml", "services: {web: {build: {context: ., platforms: [linux/amd64]}}}\n");

    assertThat(run(Map.of("DOCKER_DEFAULT_PLATFORM", "linux/arm64"), "build", "--print").err())
        .contains("linux/arm64 of DOCKER_DEFAULT_PLATFORM is not among them");
    assertThat(run(Map.of("DOCKER_DEFAULT_PLATFORM", "linux/amd64"), "build", "--print").out())
        .contains("\"platforms\":[\"linux/amd64\"]");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Run run(Map<String, String> environment, String... words) {
    return piped(environment, "", words);
  }

  private Run piped(Map<String, String> environment, String input, String... words) {
    return Run.with(environment, input, folder, new FakeEngine(), words);
  }
}
