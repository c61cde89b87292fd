package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution folder as users run it. */
class LauncherIT {
  private static final Path LAUNCHER =
      Path.of("target/jcompose/bin/jcompose").toAbsolutePath().normalize();
  private static final String SAMPLE =
      Path.of("src/dist/training/compose.yaml").toAbsolutePath().toString();

  @TempDir Path folder;

  @BeforeAll
  static void theDistributionIsThere() {
    assumeTrue(
        Files.isExecutable(LAUNCHER),
        "SKIPPED: there is no distribution; mvn verify without -Ddist.skip makes it");
  }

  @Test
  void printsNothingButWhatWasAskedFor() throws Exception {
    assertThat(run(LAUNCHER, "version", "--format", "json"))
        .startsWith("{\"version\":\"")
        .endsWith("\"}\n")
        .hasLineCount(1);
  }

  @Test
  void runsThroughALinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("docker-compose"), LAUNCHER);

    assertThat(run(link, "version", "--short")).isNotBlank().isNotEqualTo("development\n");
  }

  @Test
  void startsWithoutHeavyLibrariesAndFromItsClassCache() throws Exception {
    Path socket = folder.resolve("engine.sock");
    try (StubEngine engine = new StubEngine(socket, true).start()) {
      assertThat(engine).isNotNull();
      for (List<String> verb :
          List.of(List.of("ps"), List.of("logs"), List.of("config"), List.of("up", "-d"))) {
        Path log = folder.resolve("classes");
        List<String> words = new ArrayList<>(List.of("-f", SAMPLE, "--host", "unix://" + socket));
        words.addAll(verb);
        run(log, LAUNCHER, words.toArray(String[]::new));

        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded)
            .as(verb + ": each of these costs every start 30 ms or more")
            .noneMatch(
                line ->
                    line.contains(" io.netty.")
                        || line.contains(" com.sun.jna.")
                        || line.contains(" tools.jackson.databind.")
                        || line.contains(" java.util.logging."));
        assertThat(loaded.stream().filter(line -> line.contains("source: file:")))
            .as(verb + ": classes that the cache should hold; see Training")
            .hasSizeLessThan(30);
      }
    }
  }

  private String run(Path launcher, String... words) throws IOException, InterruptedException {
    return run(folder.resolve("unused"), launcher, words);
  }

  private String run(Path classLog, Path launcher, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("JCOMPOSE_JAVA_OPTS", "-Xlog:class+load:file=" + classLog);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + Files.readString(folder.resolve("err"))).isZero();
    return out;
  }
}
