package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BuildLabIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path temporary;

  private Path folder = Path.of("");

  @AfterEach
  void down() {
    JCOMPOSE.runIn(folder, Map.of(), "down").succeeded();
  }

  @Test
  void runsOnlyTheStepsAfterAChange() throws IOException {
    folder = copy("cache");
    assertThat(cached(build(folder))).isEmpty();
    assertThat(cached(build(folder)))
        .containsExactly(
            "RUN echo \"tools installed\" > /tools",
            "RUN echo \"packages installed\" > /packages",
            "COPY page.txt /page.txt",
            "RUN cat /page.txt > /rendered");
    Files.writeString(folder.resolve("page.txt"), "changed\n");
    assertThat(cached(build(folder)))
        .containsExactly(
            "RUN echo \"tools installed\" > /tools", "RUN echo \"packages installed\" > /packages");
    assertThat(printed(folder, "app")).isEqualTo("changed\n");
  }

  @Test
  void aChangeOfTheSourceInstallsAgainOnlyWhereItIsCopiedFirst() throws IOException {
    folder = copy("rebuild");
    build(folder);
    Files.writeString(folder.resolve("app.sh"), "echo \"changed, with $(cat installed)\"\n");
    String install = "RUN cat requirements.txt > installed";
    assertThat(cached(build(folder, "slow"))).doesNotContain(install);
    assertThat(cached(build(folder, "fast"))).contains(install);
    assertThat(printed(folder, "fast")).isEqualTo("changed, with some-library 1.0\n");
  }

  @Test
  void theCommandIsGivenToTheEntryPointAndEachCanBeReplaced() throws IOException {
    folder = copy("entrypoint");
    assertThat(printed(folder, "plain")).isEqualTo("hello, world\n");
    assertThat(printed(folder, "other-command")).isEqualTo("hello, you too\n");
    assertThat(printed(folder, "other-entrypoint")).isEqualTo("replaced:\n");
  }

  @Test
  void anImageHasAllItsNames() throws IOException {
    folder = copy("tags");
    build(folder);
    List<String> lines =
        JCOMPOSE
            .run("image", "ls")
            .succeeded()
            .stdout()
            .lines()
            .filter(line -> line.startsWith("lab/tags:"))
            .toList();
    assertThat(lines.stream().map(line -> line.split("\\s+", -1)[0]))
        .containsExactlyInAnyOrder("lab/tags:1", "lab/tags:1.0", "lab/tags:latest");
    assertThat(lines.stream().map(line -> line.split("\\s+", -1)[1]).distinct()).hasSize(1);
  }

  @Test
  void copiesBetweenStagesAndNeverBuildsWhatNobodyNeeds() throws IOException {
    folder = copy("stages");
    assertThat(build(folder)).doesNotContain("exit 1");
    assertThat(printed(folder, "final")).isEqualTo("from the first stage\nfrom the tools\n");
    assertThat(printed(folder, "tools")).isEqualTo("from the tools\n");
  }

  @Test
  void stampsTheVersionThatIsGiven() throws IOException {
    folder = copy("stamp");
    build(folder, "--build-arg", "VERSION=2.5");
    assertThat(JCOMPOSE.run("image", "inspect", "lab/stamp").succeeded().stdout())
        .contains("\"lab.version\":\"2.5\"")
        .contains("\"lab.owner\":\"somebody\"");
    assertThat(printed(folder, "app")).isEqualTo("version 2.5\n2.5\n");
  }

  /** A copy of an exercise, to change. */
  private Path copy(String exercise) throws IOException {
    Path from = Jcompose.sample("build-lab").resolve(exercise);
    Path to = temporary.resolve(exercise);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static String build(Path folder, String... arguments) {
    String[] command =
        Stream.concat(Stream.of("build", "--progress", "plain"), Stream.of(arguments))
            .toArray(String[]::new);
    Jcompose.Result result = JCOMPOSE.runIn(folder, Map.of(), command).succeeded();
    return result.stdout() + result.stderr();
  }

  /** The instructions of steps that were taken from the cache, in order. */
  static List<String> cached(String progress) {
    List<String> lines = progress.lines().toList();
    return lines.stream()
        .filter(line -> line.endsWith(" CACHED"))
        .map(line -> line.substring(0, line.indexOf(' ')) + " [")
        .flatMap(number -> lines.stream().filter(line -> line.startsWith(number)).limit(1))
        .map(line -> line.substring(line.indexOf("] ") + 2))
        .toList();
  }

  /** What the container of a service prints until it ends. */
  private static String printed(Path folder, String service) {
    JCOMPOSE.runIn(folder, Map.of(), "up", "-d", service).succeeded();
    JCOMPOSE.runIn(folder, Map.of(), "wait", service);
    return JCOMPOSE
        .runIn(folder, Map.of(), "logs", "--no-log-prefix", service)
        .succeeded()
        .stdout();
  }
}
