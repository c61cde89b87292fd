package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Verb;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.core.port.view.ContainerStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineInterfaceTest {
  private static final Path NOWHERE = Path.of("/nonexistent");

  @Test
  void suggestsTheVerbThatWasMeant() {
    Run run = Run.of("lgos");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("jcompose: there is no command \"lgos\"; did you mean jcompose logs?\n");
  }

  @Test
  void namesAnOptionThatDoesNotExist() {
    Run run = Run.of("version", "--shrt");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("jcompose version has no option \"--shrt\"; did you mean --short?\n");
  }

  @Test
  void saysWhatIsMissing() {
    Run run = Run.of("exec", "web");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("jcompose exec needs SERVICE COMMAND").hasLineCount(1);
  }

  @Test
  void saysWhatAnOptionWantsWhenItsValueIsMissing() {
    Run run = Run.of("logs", "--tail");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("jcompose logs --tail needs a value (N)").hasLineCount(1);
  }

  @Test
  void saysThatAVerbOfDockerComposeIsNotThereYet() {
    Run run = Run.of("bridge", "example/app");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("does not have \"bridge\" yet").hasLineCount(1);
  }

  @Test
  void helpListsEveryVerbThatIsThere() {
    Run run = Run.of("--help");

    assertThat(run.status()).isZero();
    for (Verb verb : Verb.values()) {
      if (verb.isThere()) {
        assertThat(run.out()).contains("  " + verb.word() + " ").contains(verb.sentence());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyVerbHasHelp(Verb verb) {
    if (verb.isThere()) {
      Run run = Run.of(verb.word(), "--help");

      assertThat(run.status()).isZero();
      assertThat(run.out()).startsWith("usage: jcompose " + verb.word()).contains("--help");
    }
  }

  @Test
  void namingNoVerbShowsHelpAndFails() {
    Run run = Run.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).startsWith("usage: jcompose");
  }

  @Test
  void understandsFlagsThatAreSwitchedOff() {
    assertThat(Run.of("version", "--short=false").out()).startsWith("jcompose ");
    assertThat(Run.of("version", "--short").out()).isEqualTo("development\n");
  }

  @Test
  void optionsOfTheRootMustPrecedeTheVerb() {
    Run run = Run.of("version", "--project-directory", "x");

    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void listsContainersOfAProjectKnownByName() {
    FakeEngine engine = new FakeEngine();
    engine.add("web", ContainerStatus.RUNNING, "");
    engine.add("job", ContainerStatus.EXITED, "");

    assertThat(Run.in(NOWHERE, engine, "-p", "demo", "ps", "--services").out()).isEqualTo("web\n");
    assertThat(Run.in(NOWHERE, engine, "-p", "demo", "ps", "-a", "--services").out())
        .isEqualTo("job\nweb\n");
    assertThat(
            Run.in(NOWHERE, engine, "-p", "demo", "ps", "--services", "--status", "exited").out())
        .isEqualTo("job\n");
  }

  @Test
  void namesTheServicesThereAreWhenOneIsUnknown() {
    FakeEngine engine = new FakeEngine();
    engine.add("web", ContainerStatus.RUNNING, "");

    Run run = Run.in(NOWHERE, engine, "-p", "demo", "ps", "wbe");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("jcompose: project \"demo\" has no service \"wbe\"; it has web\n");
  }

  @Test
  void mergesLogsInTheOrderOfTime() {
    FakeEngine engine = new FakeEngine();
    engine.add(
        "web",
        ContainerStatus.EXITED,
        """
        2026-01-31T12:00:01.000000000Z listening
        2026-01-31T12:00:03.000000000Z request
        """);
    engine.add(
        "db", ContainerStatus.EXITED, "2026-01-31T12:00:02.000000000Z ready for connections\n");

    assertThat(Run.in(NOWHERE, engine, "-p", "demo", "logs").out())
        .isEqualTo(
            """
            web-1  | listening
            db-1   | ready for connections
            web-1  | request
            """);
    assertThat(Run.in(NOWHERE, engine, "-p", "demo", "logs", "-t", "--no-log-prefix", "db").out())
        .isEqualTo("2026-01-31T12:00:02.000000000Z ready for connections\n");
  }

  @Test
  void saysThatAnEngineIsOutOfReach() {
    Run run = Run.of("image", "ls");

    assertThat(run.status()).isEqualTo(125);
    assertThat(run.err()).contains("/nonexistent/engine.sock").hasLineCount(1);
  }

  @Test
  void failuresAreJsonWhenProgressIs() {
    Run run = Run.of("--progress", "json", "lgos");

    assertThat(run.err()).startsWith("{\"error\":true,\"message\":\"there is no command");
  }

  @Test
  void theDoctorPrintsOneLineForEachCheckOrOneDocument() {
    Run lines = Run.of("--root", "/tmp", "doctor");
    assertThat(lines.out().lines()).allMatch(line -> line.matches("(ok|note|missing) .*"));
    assertThat(lines.out()).contains("kernel").contains("cgroups").contains("overlay");
    Run json = Run.of("--root", "/tmp", "doctor", "--format", "json");
    assertThat(json.out()).startsWith("[{\"check\":\"kernel\"").endsWith("}]\n");
    assertThat(json.status()).isEqualTo(lines.out().contains("missing ") ? 1 : 0);
    assertThat(Run.of("doctor", "--format", "xml").status()).isEqualTo(2);
  }

  @Test
  void theDoctorListsEverySetting() {
    String settings = Run.of("doctor", "--settings").out();
    assertThat(settings.lines()).hasSize(Setting.values().length);
    assertThat(settings).contains("JCOMPOSE_ROOT").contains("COMPOSE_FILE");
  }
}
