package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.daemon.DockerClient.Outcome;
import dev.jcompose.engine.daemon.DockerClient.Running;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code DOCKER_BUILDKIT=0 docker build} against this engine. */
class DockerBuildIT {
  @TempDir private static Path directory;
  private static Path root = Path.of("/nonexistent");
  private static EngineProgram engine;
  private static DockerClient docker;

  @TempDir Path context;

  @BeforeAll
  static void start() throws Exception {
    docker = new DockerClient(Path.of("/nonexistent"), directory);
    root = Files.createTempDirectory("jcompose-docker-build");
    engine = EngineProgram.start(root);
    docker = new DockerClient(engine.state.socket(), directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
      Leftovers.awaitNone(root);
      FileTrees.delete(root);
    }
  }

  private Path file(String name, String text) throws IOException {
    Path file = context.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void buildsWhatTheFolderHoldsAndNamesIt() throws Exception {
    file(
        "Dockerfile",
        """
        FROM jcompose/base
        ARG WHO=nobody
        COPY . /in/
        RUN echo hello $WHO > /said && cat /said
        CMD ["cat", "/said"]
        """);
    file("a.txt", "a");
    file("b.log", "b");
    file(".dockerignore", "*.log\nDockerfile\n");
    String[] build = {
      "build", "--build-arg=WHO=world", "--label=x=y", "-t", "lab:1", "-t", "lab:2", context + ""
    };
    String first = docker.run(build);
    assertThat(first)
        .contains("Step 1/3 : FROM jcompose/base\n", "Step 3/3 : RUN echo hello $WHO")
        .contains("\nhello world\n", "\nSuccessfully built ", "\nSuccessfully tagged lab:2")
        .doesNotContain("Using cache");
    assertThat(docker.run("run", "--rm", "lab:1")).isEqualTo("hello world");
    assertThat(docker.run("run", "--rm", "lab:1", "ls", "-A", "/in"))
        .isEqualTo(".dockerignore\na.txt");
    assertThat(docker.run("inspect", "-f", "{{.Config.Labels.x}}", "lab:2")).isEqualTo("y");
    assertThat(docker.run(build)).contains(" ---> Using cache").doesNotContain("\nhello world\n");
    assertThat(docker.run("build", "-q", context.toString())).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void endsWithTheStatusOfTheCommandThatFailed() throws Exception {
    file("Dockerfile", "FROM jcompose/base\nRUN echo almost; exit 7\n");
    Outcome outcome = docker.attempt("build", context.toString());
    assertThat(outcome.code()).isEqualTo(7);
    assertThat(outcome.err()).contains("Dockerfile:2", ">>> RUN echo almost; exit 7");
  }

  @Test
  void tellsMistakesOfTheDockerfileAndWhatIsNotSupportedInASentence() throws Exception {
    file("Dockerfile", "FROM jcompose/base\nRUNN true\n");
    assertThat(docker.attempt("build", context.toString()).err()).contains("RUNN");
    assertThat(docker.attempt("build", "--cgroup-parent=/x", context.toString()).err())
        .contains("builds do not support cgroupparent; leave it out");
  }

  @Test
  void takesADockerfileOrAnArchiveFromStandardInput() throws Exception {
    Outcome text =
        docker.attemptWith("FROM jcompose/base\nRUN echo typed\n", "build", "--no-cache", "-");
    assertThat(text.out()).contains("\ntyped\n");
    Path archive = directory.resolve("context.tar");
    byte[] dockerfile = "FROM jcompose/base\nCOPY one /one\nRUN ls /one\n".getBytes(UTF_8);
    try (TarWriter tar = new TarWriter(Files.newOutputStream(archive))) {
      tar.write(
          TarEntry.file("one/made.dockerfile", 0644, dockerfile.length, 0),
          new ByteArrayInputStream(dockerfile));
    }
    Outcome sent = docker.attemptWith(archive, "build", "-f", "one/made.dockerfile", "-");
    assertThat(sent.out()).contains("\nmade.dockerfile\n");
  }

  @Test
  void followsNoLinkOfAContextOutOfIt() throws Exception {
    Path archive = directory.resolve("links.tar");
    try (TarWriter tar = new TarWriter(Files.newOutputStream(archive))) {
      tar.write(TarEntry.symlink("Dockerfile", "/etc/passwd", 0));
    }
    Outcome outcome = docker.attemptWith(archive, "build", "-");
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.err()).contains("there is no Dockerfile in the build context");
  }

  @Test
  void listsAndPrunesWhatBuildsKeep() throws Exception {
    file("Dockerfile", "FROM jcompose/base\nRUN head -c 12345 /dev/zero > /only-in-the-cache\n");
    String id = docker.run("build", "-q", context.toString());
    docker.run("rmi", id);
    assertThat(docker.run("system", "df", "-v")).contains("12.3kB");
    assertThat(docker.run("builder", "prune", "-f")).contains("Total reclaimed space: 12.35kB");
    assertThat(docker.run("system", "df", "-v")).doesNotContain("12.3kB");
  }

  @Test
  void leavesNothingWhenTheClientGoes() throws Exception {
    file("Dockerfile", "FROM jcompose/base\nCOPY . /in\nRUN touch /begun; echo begun; sleep 300\n");
    List<String> before = layers();
    try (Running build = docker.start("build", "--no-cache", context.toString())) {
      await().until(() -> build.out().contains("\nbegun\n"));
      build.process().destroy();
      await().until(() -> !build.process().isAlive());
    }
    await()
        .untilAsserted(
            () -> {
              // What COPY made stays for the next build; nothing is half done.
              assertThat(layers()).filteredOn(name -> !before.contains(name)).hasSize(1);
              assertThat(runs()).isEmpty();
            });
  }

  private static List<String> layers() throws IOException {
    return names(engine.state.layers());
  }

  private static List<String> runs() throws IOException {
    return Files.exists(engine.state.buildRuns()) ? names(engine.state.buildRuns()) : List.of();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(all.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }
}
