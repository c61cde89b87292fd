package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.RawStream;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a container's keeper keeps while no engine is there. */
class KeeperIT {
  @AutoClose private KilledEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = KilledEngine.start();
  }

  /** Lets containers that wait in {@link #WHEN_TOLD} end while no engine is there. */
  private void endWithoutEngine(String... ids) throws Exception {
    List<Path> inside = new ArrayList<>();
    for (String id : ids) {
      Path tmp = Path.of("/proc", Long.toString(engine.state(id).number("Pid")), "root/tmp");
      await().until(() -> Files.exists(tmp.resolve("ready")));
      inside.add(tmp);
    }
    engine.program.kill();
    for (Path tmp : inside) {
      Files.createFile(tmp.resolve("go"));
    }
    await().until(() -> inside.stream().noneMatch(Files::exists));
  }

  private static final String WHEN_TOLD =
      "touch /tmp/ready; while [ ! -e /tmp/go ]; do sleep 0.02; done; ";

  @Test
  void tellsTheExitCodeAndTheTimeOfAnEndNoEngineSaw() throws Exception {
    String code = engine.run("code", WHEN_TOLD + "exit 42", "");
    String signal =
        engine.run("signal", WHEN_TOLD + "kill -TERM $$", "\"HostConfig\":{\"Init\":true}");
    endWithoutEngine(code, signal);
    Instant ended = Instant.now();
    engine.program.startAgain();
    JsonObject state = engine.state(code);
    assertThat(state.string("Status")).isEqualTo("exited");
    assertThat(state.integer("ExitCode")).isEqualTo(42);
    assertThat(Instant.parse(state.string("FinishedAt")))
        .isBetween(ended.minusSeconds(5), ended.plusSeconds(1));
    assertThat(engine.state(signal).integer("ExitCode")).isEqualTo(143);
  }

  @Test
  void holdsWhatAContainerWroteLastUntilAnEngineHasReadIt() throws Exception {
    String id =
        engine.run(
            "writer",
            WHEN_TOLD + "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done",
            "");
    endWithoutEngine(id);
    engine.program.startAgain();
    assertThat(engine.logs(id)).contains("line 0\n").contains("line 2999\n");
    assertThat(engine.state(id).integer("ExitCode")).isZero();
    await().until(() -> keepers().isEmpty());
  }

  @Test
  void goesWithAContainerThatIsRemovedWithOutputNobodyHasRead() throws Exception {
    String id = engine.run("unread", WHEN_TOLD + "echo last words", "");
    endWithoutEngine(id);
    assertThat(keepers()).hasSize(1);
    // As an engine leaves it that was killed while it removed the container.
    Files.createFile(engine.root().resolve("containers").resolve(id).resolve("removal"));
    engine.program.startAgain();
    await().until(() -> engine.containers().isEmpty());
    await().until(() -> keepers().isEmpty());
  }

  @Test
  void goesWhenItsStateIsDeletedByHand() throws Exception {
    String id = engine.run("unread", WHEN_TOLD + "echo last words", "");
    endWithoutEngine(id);
    assertThat(keepers()).hasSize(1);
    FileTrees.delete(engine.root().resolve("run/containers").resolve(id));
    await().until(() -> keepers().isEmpty());
  }

  private List<Long> keepers() throws IOException {
    String here = engine.root().toString();
    try (var processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .filter(
              process -> {
                try {
                  return Files.readSymbolicLink(process.resolve("fd/700")).startsWith(here);
                } catch (IOException other) {
                  return false;
                }
              })
          .map(process -> Long.valueOf(process.getFileName().toString()))
          .toList();
    }
  }

  @Test
  void keepsATerminalOpen() throws Exception {
    String id =
        engine.run(
            "terminal",
            "while read line; do echo got $line; done",
            "\"Tty\":true,\"OpenStdin\":true");
    engine.program.killAndStartAgain();
    assertThat(engine.state(id).string("Status")).isEqualTo("running");
    try (EngineClient client = engine.program.client();
        RawStream stream = client.containers().attach(id, true, true, true, false, null)) {
      stream.output().write("hello\n".getBytes(UTF_8));
      assertThat(readUntil(stream, "got hello")).contains("got hello");
      client.containers().resize(id, 40, 100);
    }
    assertThat(engine.state(id).string("Status")).isEqualTo("running");
  }

  @Test
  void keepsStandardInputOpenUntilAClientEndsIt() throws Exception {
    String id =
        engine.run("input", "cat; echo end; exit 5", "\"OpenStdin\":true,\"StdinOnce\":true");
    engine.program.killAndStartAgain();
    try (EngineClient client = engine.program.client();
        RawStream stream = client.containers().attach(id, true, true, true, false, null)) {
      stream.output().write("hello\n".getBytes(UTF_8));
      assertThat(readUntil(stream, "hello")).contains("hello");
      assertThat(engine.state(id).string("Status")).isEqualTo("running");
      stream.closeOutput();
      assertThat(readUntil(stream, "end")).contains("end");
    }
    await().until(() -> engine.state(id).string("Status").equals("exited"));
    assertThat(engine.state(id).integer("ExitCode")).isEqualTo(5);
  }

  private static String readUntil(RawStream stream, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] block = new byte[4096];
    int count = stream.input().read(block, 0, block.length);
    while (count > 0) {
      text.append(new String(block, 0, count, UTF_8));
      if (text.indexOf(end) >= 0) {
        return text.toString();
      }
      count = stream.input().read(block, 0, block.length);
    }
    return text.toString();
  }

  @Test
  void mayItselfBeKilledWithoutHarmToTheContainer() throws Exception {
    String id = engine.run("orphan", "trap 'exit 7' TERM; while :; do sleep 0.05; done", "");
    long keeper = keepers().getFirst();
    ProcessHandle.of(keeper).orElseThrow().destroyForcibly();
    await().until(() -> keepers().isEmpty());
    assertThat(engine.state(id).string("Status")).isEqualTo("running");
    engine.program.killAndStartAgain();
    assertThat(engine.state(id).string("Status")).isEqualTo("running");
    try (EngineClient client = engine.program.client()) {
      client.containers().stop(id, 10, null);
    }
    assertThat(engine.state(id).string("Status")).isEqualTo("exited");
  }

  @Test
  void aContainerToBeRemovedAtItsEndIsRemovedAlsoWhenNoEngineSawTheEnd() throws Exception {
    String id = engine.run("gone", WHEN_TOLD + "exit 0", "\"HostConfig\":{\"AutoRemove\":true}");
    endWithoutEngine(id);
    engine.program.startAgain();
    await().atMost(Duration.ofSeconds(10)).until(() -> engine.containers().isEmpty());
    assertThat(engine.root().resolve("containers").resolve(id)).doesNotExist();
  }
}
