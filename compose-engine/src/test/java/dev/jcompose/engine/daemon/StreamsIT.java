package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.ContainerCalls.LogQuery;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.exec.ExecCreate;
import dev.jcompose.engine.api.exec.ExecStart;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.Frame;
import dev.jcompose.engine.api.transport.FrameReader;
import dev.jcompose.engine.api.transport.RawStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attach, exec and logs over the socket, byte by byte. */
@Timeout(60)
class StreamsIT {
  private static final String PLAIN = "with pipes";
  private static final String TERMINAL = "with a terminal";

  @AutoClose private static ServedEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() throws Exception {
    engine = ServedEngine.start();
    client = engine.client;
  }

  @AfterEach
  void removeContainers() {
    engine.program.removeContainers();
  }

  private static String create(String kind, Map<String, Object> host, String line) {
    JsonObject.Builder hostConfig = JsonObject.builder().put("NetworkMode", "none");
    host.forEach(hostConfig::put);
    JsonObject request =
        JsonObject.builder()
            .put("Image", "jcompose/base")
            .put("Cmd", List.of("sh", "-c", line))
            .put("OpenStdin", true)
            .put("StdinOnce", kind.equals(PLAIN))
            .put("Tty", kind.equals(TERMINAL))
            .put("HostConfig", hostConfig.build())
            .build();
    return client.post(Query.path("containers", "create"), () -> request).string("Id");
  }

  private static String started(String kind, String line) {
    String id = create(kind, Map.of(), line);
    client.containers().start(id);
    return id;
  }

  private static FrameReader frames(RawStream stream) {
    return new FrameReader(
        stream.input(), String.valueOf(stream.contentType()).contains("multiplexed"));
  }

  private static String piece(FrameReader frames) {
    return new String(Objects.requireNonNull(frames.next()).bytes(), UTF_8);
  }

  private static JsonObject next(JsonLines events) {
    return Objects.requireNonNull(events.next());
  }

  private static String text(FrameReader frames) {
    StringBuilder text = new StringBuilder();
    for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
      text.append(new String(frame.bytes(), UTF_8));
    }
    return text.toString();
  }

  private static String log(String id) {
    return text(
        client
            .containers()
            .logs(id, new LogQuery(true, true, false, false, null, null, -1), () -> false));
  }

  private static void type(RawStream stream, String text) throws Exception {
    stream.output().write(text.getBytes(UTF_8));
  }

  private static boolean runs(String id) {
    return client.containers().inspect(id).state().running();
  }

  @Test
  void severalClientsSeeTheSameAndOneThatLeavesDisturbsNobody() throws Exception {
    String id = create(PLAIN, Map.of(), "read go; echo one; read go; echo two >&2; read go");
    try (RawStream first = client.containers().attach(id, true, true, true, false, null);
        RawStream second = client.containers().attach(id, false, true, true, false, null);
        RawStream third = client.containers().attach(id, false, true, false, false, null)) {
      client.containers().start(id);
      type(first, "go\n");
      assertThat(piece(frames(third))).isEqualTo("one\n");
      third.close();
      type(first, "go\ngo\n");
      assertThat(text(frames(first))).isEqualTo("one\ntwo\n");
      assertThat(text(frames(second))).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void theLogAndThenTheLiveOutputAreEachByteOnce() throws Exception {
    String id =
        started(
            PLAIN,
            "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo line $i; done; printf end; read go;"
                + " echo ing");
    await().until(() -> log(id).contains("line 50\n"));
    try (RawStream stream = client.containers().attach(id, true, true, true, true, null)) {
      String expected =
          String.join("\n", IntStream.rangeClosed(1, 3000).mapToObj(i -> "line " + i).toList());
      type(stream, "go\n");
      assertThat(text(frames(stream))).isEqualTo(expected + "\nending\n");
      assertThat(log(id)).isEqualTo(expected + "\nending\n");
    }
  }

  @Test
  void aLineNotFinishedYetIsPartOfWhatWasWrittenBefore() throws Exception {
    String id = started(PLAIN, "printf 'name? '; read name; echo hello $name");
    try (RawStream early = client.containers().attach(id, true, true, true, true, null)) {
      assertThat(piece(frames(early))).isEqualTo("name? ");
      try (RawStream late = client.containers().attach(id, false, true, true, true, null)) {
        type(early, "you\n");
        assertThat(text(frames(late))).isEqualTo("name? hello you\n");
      }
    }
  }

  @Test
  void theLogAloneEndsAlthoughTheContainerGoesOn() throws Exception {
    String id = started(PLAIN, "echo before; sleep 99");
    await().until(() -> log(id).equals("before\n"));
    RawStream stream =
        client.upgrade(
            Query.path("containers", id, "attach").and("logs", true).and("stdout", true), null);
    assertThat(CompletableFuture.supplyAsync(() -> text(frames(stream))).get(10, TimeUnit.SECONDS))
        .isEqualTo("before\n");
    stream.close();
    assertThat(runs(id)).isTrue();
  }

  @Test
  void theEndOfInputReachesTheProcessAndItsOutputStillComes() throws Exception {
    String id = create(PLAIN, Map.of(), "cat; echo end");
    try (RawStream stream = client.containers().attach(id, true, true, true, false, null)) {
      client.containers().start(id);
      type(stream, "x".repeat(200_000) + "\n");
      stream.closeOutput();
      assertThat(text(frames(stream))).isEqualTo("x".repeat(200_000) + "\nend\n");
    }
    assertThat(client.containers().inspect(id).state().exitCode()).isZero();
  }

  @Test
  void detachKeysOfTheClientsChoiceLeaveContainersAndExecsRunning() throws Exception {
    String id = started(TERMINAL, "sh");
    try (JsonLines events =
        client.lines(
            "GET",
            Query.path("events")
                .filters(
                    Map.of("event", List.of("detach", "exec_detach"), "container", List.of(id))),
            null)) {
      try (RawStream stream =
          client.upgrade(
              Query.path("containers", id, "attach")
                  .and("stream", true)
                  .and("stdin", true)
                  .and("stdout", true)
                  .and("detachKeys", "ctrl-a,x"),
              null)) {
        type(stream, "echo 1\u0001");
        type(stream, "x");
        // The stream ends, which only leaving can bring about.
        stream.input().readAllBytes();
      }
      assertThat(next(events).string("Action")).isEqualTo("detach");
      String exec = client.execs().create(id, exec(List.of("sleep", "77"), "ctrl-@"));
      try (RawStream stream = client.execs().start(exec, new ExecStart(false, true, 0, 0))) {
        type(stream, "\u0000");
        stream.input().readAllBytes();
      }
      JsonObject left = next(events);
      assertThat(left.string("Action")).isEqualTo("exec_detach");
      assertThat(left.object("Actor").object("Attributes").string("execID")).isEqualTo(exec);
      assertThat(client.execs().inspect(exec).running()).isTrue();
    }
    assertThat(runs(id)).isTrue();
  }

  private static ExecCreate exec(List<String> command, String detachKeys) {
    return new ExecCreate(
        command, List.of(), "", "", !detachKeys.isEmpty(), false, true, true, true, detachKeys);
  }

  @Test
  void wrongDetachKeysAreRefusedBeforeAnythingIsAttached() {
    String id = started(TERMINAL, "sh");
    assertThatThrownBy(
            () ->
                client.upgrade(
                    Query.path("containers", id, "attach")
                        .and("stream", true)
                        .and("detachKeys", "ctrl-?"),
                    null))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("ctrl-?");
  }

  @Test
  void answersWithTheHeadsDockerSends() throws Exception {
    String id = started(PLAIN, "echo out; echo err >&2; sleep 2");
    await().until(() -> log(id).contains("out") && log(id).contains("err"));
    String upgraded =
        raw(
            "POST /v1.47/containers/" + id + "/attach?stdout=1&logs=1",
            "Connection: Upgrade\r\nUpgrade: tcp\r\n");
    assertThat(upgraded)
        .startsWith("HTTP/1.1 101 UPGRADED\r\n")
        .contains("\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n")
        .contains("\r\nConnection: Upgrade\r\n")
        .contains("\r\nUpgrade: tcp\r\n")
        .endsWith("\r\n\r\n\u0001\0\0\0\0\0\0\u0004out\n");
    String plain = raw("POST /v1.41/containers/" + id + "/attach?stderr=1&logs=1", "");
    assertThat(plain)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\nContent-Type: application/vnd.docker.raw-stream\r\n")
        .endsWith("\r\n\r\n\u0002\0\0\0\0\0\0\u0004err\n");
  }

  private static String raw(String request, String headers) throws Exception {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(engine.program.state.socket()))) {
      String head = request + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: 0\r\n\r\n";
      channel.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
      StringBuilder answer = new StringBuilder();
      ByteBuffer buffer = ByteBuffer.allocate(4096);
      while (channel.read(buffer) >= 0) {
        answer.append(new String(buffer.array(), 0, buffer.position(), UTF_8));
        buffer.clear();
      }
      return answer.toString();
    }
  }

  @Test
  void aPausedContainerTakesNoClients() {
    String id = started(PLAIN, "sleep 99");
    client.containers().pause(id);
    assertThatThrownBy(() -> client.containers().attach(id, false, true, true, false, null))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("unpause the container before attach");
    assertThatThrownBy(() -> client.execs().create(id, exec(List.of("true"), "")))
        .isInstanceOf(ApiException.class)
        .satisfies(e -> assertThat(((ApiException) e).status()).isEqualTo(409));
  }

  @Test
  void terminalsHaveTheSizeTheClientGives() throws Exception {
    String id = started(TERMINAL, "read go; stty size");
    try (RawStream stream = client.containers().attach(id, true, true, true, false, null)) {
      client.containers().resize(id, 33, 77);
      type(stream, "\n");
      assertThat(text(frames(stream))).contains("33 77");
    }
    String other = started(PLAIN, "sleep 99");
    String exec =
        client.execs().create(other, exec(List.of("sh", "-c", "read go; stty size"), "ctrl-p"));
    try (RawStream stream = client.execs().start(exec, new ExecStart(false, true, 11, 22))) {
      type(stream, "\n");
      assertThat(text(frames(stream))).contains("11 22");
    }
    assertThatThrownBy(() -> client.containers().resize(id, 1, 1))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("is not running");
  }

  @Test
  void anExecRunsOnceAndIsRemembered() throws Exception {
    String id = started(PLAIN, "sleep 99");
    String exec = client.execs().create(id, exec(List.of("sh", "-c", "read go; exit 6"), ""));
    assertThat(client.execs().inspect(exec).exitCode()).isNull();
    try (RawStream stream = client.execs().start(exec, new ExecStart(false, false, 0, 0))) {
      // The stream opens before the program runs.
      await().until(() -> client.execs().inspect(exec).running());
      assertThat(client.execs().inspect(exec).pid()).isPositive();
      assertThatThrownBy(() -> client.execs().startDetached(exec, false))
          .isInstanceOf(ApiException.class)
          .satisfies(e -> assertThat(((ApiException) e).status()).isEqualTo(409));
      stream.closeOutput();
      text(frames(stream));
    }
    await().until(() -> !client.execs().inspect(exec).running());
    assertThat(client.execs().inspect(exec).exitCode()).isEqualTo(6);
    assertThat(client.containers().inspect(id).execIds()).contains(exec);
  }

  @Test
  void whoFollowsALogSeesEveryLineThroughItsRotations() {
    String id =
        create(
            PLAIN,
            Map.of(
                "LogConfig",
                Map.of("Type", "json-file", "Config", Map.of("max-size", "2k", "max-file", "3"))),
            "i=0; while [ $i -lt 150 ]; do i=$((i+1)); echo line $i; sleep 0.005; done");
    client.containers().start(id);
    List<String> followed =
        text(client
                .containers()
                .logs(id, new LogQuery(true, true, true, false, null, null, -1), () -> false))
            .lines()
            .toList();
    assertThat(followed)
        .isEqualTo(IntStream.rangeClosed(1, 150).mapToObj(i -> "line " + i).toList());
    List<String> kept = log(id).lines().toList();
    // Three files of 2 kB at most, of which the oldest lines were dropped.
    assertThat(kept.size()).isBetween(30, 110);
    assertThat(kept).isEqualTo(followed.subList(150 - kept.size(), 150));
  }

  @Test
  void aFollowerEndsWithTheRunAndTheLogKeepsAllRuns() {
    String id = started(PLAIN, "read go; echo run");
    LogQuery follow = new LogQuery(true, true, true, false, null, null, -1);
    FrameReader reader = client.containers().logs(id, follow, () -> false);
    client.containers().stop(id, 0, null);
    assertThat(text(reader)).isEmpty();
    for (int run = 0; run < 2; run++) {
      client.containers().start(id);
      try (RawStream stream = client.containers().attach(id, true, true, true, false, null)) {
        type(stream, "go\n");
        text(frames(stream));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      await().until(() -> !runs(id));
    }
    assertThat(log(id)).isEqualTo("run\nrun\n");
    assertThat(text(client.containers().logs(id, follow, () -> false))).isEqualTo("run\nrun\n");
  }

  @Test
  void aFollowerEndsWhenTheContainerIsRemoved() {
    String id = started(PLAIN, "echo one; sleep 99");
    FrameReader reader =
        client
            .containers()
            .logs(id, new LogQuery(true, true, true, false, null, null, -1), () -> false);
    assertThat(piece(reader)).isEqualTo("one\n");
    client.containers().remove(id, true, false);
    assertThat(reader.next()).isNull();
    assertThatThrownBy(() -> log(id))
        .isInstanceOf(ApiException.class)
        .hasMessage("No such container: " + id);
  }

  @Test
  void aPartOfTheLogIsChosenByTimeStreamAndNumber() {
    // What is written to two pipes at once may be read in either order.
    String id = started(PLAIN, "echo a; sleep 0.1; echo b >&2; echo c; sleep 0.3; echo d");
    await().until(() -> !runs(id));
    List<String> stamped =
        text(client
                .containers()
                .logs(id, new LogQuery(true, false, false, true, null, null, -1), () -> false))
            .lines()
            .toList();
    assertThat(stamped).allMatch(line -> line.matches("\\S+\\.\\d{9}Z [acd]"));
    String third = stamped.getLast().substring(0, 30);
    assertThat(log(id, third, null, -1)).isEqualTo("d\n");
    assertThat(log(id, null, third.replace("Z", "") + "Z", -1)).contains("a\n", "c\n", "d\n");
    String first = stamped.getFirst().substring(0, 30);
    assertThat(log(id, null, first, -1)).isEqualTo("a\n");
    assertThat(log(id, null, null, 1)).isEqualTo("d\n");
    assertThat(log(id, null, null, 0)).isEmpty();
    assertThat(log(id, "0", null, -1)).hasSize(8);
  }

  private static String log(String id, @Nullable String since, @Nullable String until, int tail) {
    return text(
        client
            .containers()
            .logs(id, new LogQuery(true, true, false, false, since, until, tail), () -> false));
  }

  @Test
  void aLogThatIsNotKeptOrNotNamedIsRefused() {
    String silent =
        create(PLAIN, Map.of("LogConfig", Map.of("Type", "none")), "echo lost; sleep 99");
    assertThatThrownBy(() -> log(silent))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("configured logging driver does not support reading");
    assertThatThrownBy(() -> client.open("GET", Query.path("containers", silent, "logs"), null))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("must specify at least one of 'stdout' or 'stderr'");
  }

  @Test
  void whoReadsWithoutFollowingGetsWhatThereWasAndIsNotKept() throws Exception {
    String id = started(PLAIN, "while :; do echo endless; done");
    await().until(() -> log(id).length() > 1000);
    List<String> read = new ArrayList<>();
    CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read.add(log(id)));
    reading.get(15, TimeUnit.SECONDS);
    assertThat(read).hasSize(1);
  }
}
