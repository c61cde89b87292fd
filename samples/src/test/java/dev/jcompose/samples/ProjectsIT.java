package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every folder of {@code samples/projects} comes up, works and goes down, a few at the same time;
 * when all are done, nothing is left. {@code -Dproject=NAME} takes those whose name begins so.
 */
class ProjectsIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  // No two projects claim the same port, address or name, so that they may be up together.
  private static final ExecutorService AT_ONCE = Executors.newFixedThreadPool(4);

  @TempDir static Path work;

  @AfterAll
  static void end() {
    AT_ONCE.close();
  }

  @TestFactory
  List<DynamicTest> comeUpWorkAndGoDown() throws IOException {
    String wanted = System.getProperty("project", "");
    try (Stream<Path> all = Files.list(Jcompose.sample("projects"))) {
      return all.filter(Files::isDirectory)
          .filter(folder -> folder.getFileName().toString().startsWith(wanted))
          .sorted()
          .map(ProjectsIT::test)
          .toList();
    }
  }

  private static DynamicTest test(Path source) {
    Future<?> done =
        AT_ONCE.submit(
            () -> {
              play(source);
              return null;
            });
    return DynamicTest.dynamicTest(source.getFileName().toString(), done::get);
  }

  private static void play(Path source) throws IOException {
    String purpose = Files.readAllLines(source.resolve("compose.yaml")).getFirst();
    assertThat(purpose).as("%s/compose.yaml, first line", source).startsWith("# ");
    Scenario check = Scenario.read(source.resolve("check.txt"), purpose);
    Path folder = work.resolve(source.getFileName().toString());
    Jcompose.copy(source, folder);
    try {
      JCOMPOSE.runIn(folder, Map.of(), "up", "-d", "--wait").succeeded();
      check.play(JCOMPOSE, folder, Map.of());
    } finally {
      JCOMPOSE.runIn(folder, Map.of(), "down", "-v").succeeded();
    }
  }
}
