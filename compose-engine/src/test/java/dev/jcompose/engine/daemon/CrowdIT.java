package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many containers at the same time, and what is left of them in the engine and on the machine. */
class CrowdIT {
  private static final int CROWD = 50;
  private static final int AT_ONCE = 8;

  /** With a place on the default bridge, a published port and a volume of its own. */
  private static final String MUCH =
      "\"Volumes\":{\"/data\":{}},"
          + "\"HostConfig\":{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"0\"}]}}";

  @AutoClose private KilledEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = KilledEngine.start();
  }

  @Test
  void startRunAndGoAndLeaveNothing() throws Exception {
    // What the first containers make is for all: threads, event loops, caches.
    comeAndGo(AT_ONCE);
    long descriptors = descriptors();
    List<String> threads = threads();

    comeAndGo(CROWD);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(descriptors()).as("open files").isLessThanOrEqualTo(descriptors);
              assertThat(threads()).as("threads").hasSizeLessThanOrEqualTo(threads.size());
            });
    Leftovers.awaitNone(engine.root());
  }

  private void comeAndGo(int count) throws Exception {
    List<String> ids = new ArrayList<>();
    try (ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<String>> starts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String name = "one" + i;
        int code = i;
        starts.add(
            some.submit(
                () ->
                    engine.run(
                        name,
                        code % 2 == 0
                            ? "echo up > /data/up; exec sleep 1000"
                            : "echo up > /data/up; exit " + code,
                        MUCH)));
      }
      for (Future<String> start : starts) {
        ids.add(start.get());
      }
      for (int i = 0; i < count; i++) {
        String id = ids.get(i);
        String wanted = i % 2 == 0 ? "running" : "exited";
        await().until(() -> engine.state(id).string("Status").equals(wanted));
        assertThat(engine.state(id).integer("ExitCode")).isEqualTo(i % 2 == 0 ? 0 : i);
      }
      List<Future<?>> ends = new ArrayList<>();
      for (String id : ids) {
        ends.add(some.submit(() -> remove(id)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    assertThat(engine.containers()).isEmpty();
  }

  private void remove(String id) {
    try (EngineClient client = engine.program.client()) {
      client.containers().remove(id, true, true);
    }
  }

  private Path process() {
    return Path.of("/proc", Long.toString(engine.program.pid()));
  }

  /** But for pipes without a name, of which whoever reads output keeps a few. */
  private long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(process().resolve("fd"))) {
      return open.filter(each -> !isPipe(each)).count();
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException closed) {
      return true;
    }
  }

  /** But for those that the JVM has more or less of by its own measure. */
  private List<String> threads() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(process().resolve("task"))) {
      for (Path task : tasks.toList()) {
        String name = Files.readString(task.resolve("comm")).strip();
        if (!name.startsWith("ForkJoinPool") && !name.contains("Compiler")) {
          names.add(name);
        }
      }
    } catch (java.nio.file.NoSuchFileException ended) {
      return threads();
    }
    return names;
  }
}
