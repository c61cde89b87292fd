package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine on a machine where something has run out, with clients that do not behave. */
class HardshipIT {
  private static final String SERVICE = "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done";

  private Path disk = Path.of("/nonexistent");
  private KilledEngine engine;

  @BeforeEach
  void startOnASmallDisk() throws Exception {
    disk = Files.createTempDirectory("jcompose-small");
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      run("mount", "-t", "tmpfs", "-o", "size=96m", "small", disk.toString());
    }
    engine = KilledEngine.startIn(disk.resolve("root"));
  }

  @AfterEach
  void stop() throws Exception {
    if (engine != null) {
      Files.deleteIfExists(filler());
      engine.close();
      run("umount", disk.toString());
    }
    Files.deleteIfExists(disk);
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private Path filler() {
    return disk.resolve("filler");
  }

  /** Leaves no byte free. */
  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private interface Call {
    void on(EngineClient client);
  }

  private void call(Call call) {
    try (EngineClient client = engine.program.client()) {
      call.on(client);
    }
  }

  private String running(String name, String more) {
    String id = engine.run(name, SERVICE, more);
    await().until(() -> engine.logs(id).contains("up"));
    return id;
  }

  @Test
  void aFullDiskRefusesNewContainersInASentenceAndKeepsNobodyFromStoppingAndRemoving()
      throws Exception {
    String kept = running("kept", "");
    String ended = running("ended", "");
    fill();
    assertThatThrownBy(() -> engine.create("more", SERVICE, ""))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageNotContaining("Exception");
    assertThat(engine.containers()).hasSize(2);
    call(client -> client.containers().stop(ended, 20, null));
    assertThat(engine.state(ended).integer("ExitCode")).isEqualTo(7);

    engine.program.killAndStartAgain();
    assertThat(engine.state(kept).string("Status")).isEqualTo("running");
    assertThat(engine.state(ended).string("Status")).isEqualTo("exited");
    assertThat(engine.state(ended).integer("ExitCode")).isEqualTo(7);
    call(client -> client.containers().remove(ended, false, true));
    call(client -> client.containers().remove(kept, true, true));
    assertThat(engine.containers()).isEmpty();

    Files.delete(filler());
    running("again", "");
  }

  @Test
  void aFullLogIsPutAsideAndKeepsItsBounds() throws Exception {
    String id =
        engine.run(
            "talker",
            "i=0; while [ $i -lt 20000 ]; do echo this is line number $i; i=$((i+1)); done",
            "\"HostConfig\":{\"LogConfig\":{\"Type\":\"json-file\","
                + "\"Config\":{\"max-size\":\"64k\",\"max-file\":\"3\"}}}");
    await().until(() -> engine.state(id).string("Status").equals("exited"));
    assertThat(engine.logs(id)).contains("number 19999").doesNotContain("number 0\n");
    try (Stream<Path> files = Files.list(engine.program.state.container(id).directory())) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().startsWith("json.log")).toList();
      assertThat(logs)
          .hasSize(3)
          .allSatisfy(log -> assertThat(log.toFile().length()).isLessThan(72_000));
    }
  }

  @Test
  void aForkBombStaysWithinItsLimitAndDisturbsNobody() throws Exception {
    String bomb =
        engine.run(
            "bomb",
            "sh -c 'while :; do sleep 1000 & done'; echo over; exec sleep 1000",
            "\"HostConfig\":{\"PidsLimit\":20,\"NanoCpus\":200000000}");
    String other = running("other", "");
    await().until(() -> engine.logs(bomb).contains("over"));
    try (EngineClient client = engine.program.client()) {
      Object processes = client.get(Query.path("containers", bomb, "top")).get("Processes");
      assertThat((List<?>) processes).hasSizeBetween(15, 20);
    }
    call(client -> client.containers().stop(other, 20, null));
    assertThat(engine.state(other).integer("ExitCode")).isEqualTo(7);
    call(client -> client.containers().remove(bomb, true, true));
  }

  @Test
  void aMemoryHogIsKilledAloneAndItsStateSaysWhy() throws Exception {
    String other = running("other", "");
    String hog =
        engine.run(
            "hog",
            "dd if=/dev/zero of=/dev/null bs=200M count=1; exit $?",
            "\"HostConfig\":{\"Memory\":25165824,\"MemorySwap\":25165824}");
    await().until(() -> engine.state(hog).string("Status").equals("exited"));
    JsonObject state = engine.state(hog);
    assertThat(state.flag("OOMKilled")).isTrue();
    assertThat(state.integer("ExitCode")).isEqualTo(137);
    assertThat(engine.state(other).string("Status")).isEqualTo("running");
  }

  @Test
  void clientsThatVanishMidStreamLeaveNothingInTheEngineAndNothingWaits() throws Exception {
    String id =
        engine.run(
            "stream",
            "while :; do echo a line of some length; done",
            "\"OpenStdin\":true,\"HostConfig\":{\"LogConfig\":{\"Type\":\"json-file\","
                + "\"Config\":{\"max-size\":\"256k\",\"max-file\":\"2\"}}}");
    await("output").until(() -> logSize(id) > 0);
    long before = descriptors();
    String exec;
    try (EngineClient client = engine.program.client()) {
      JsonObject body =
          Json.object(
              "{\"AttachStdout\":true,\"Cmd\":[\"sh\",\"-c\",\"while :; do echo x; done\"]}");
      exec = client.post(Query.path("containers", id, "exec"), () -> body).string("Id");
    }
    List<SocketChannel> clients = new ArrayList<>();
    String path = "/containers/" + id;
    clients.add(begin("GET", path + "/logs?follow=1&stdout=1", ""));
    clients.add(begin("POST", path + "/attach?stream=1&stdin=1&stdout=1&stderr=1", ""));
    clients.add(begin("GET", path + "/stats?stream=1", ""));
    clients.add(begin("GET", "/events", ""));
    clients.add(begin("POST", path + "/wait", ""));
    clients.add(begin("POST", "/exec/" + exec + "/start", "{\"Detach\":false}"));
    for (SocketChannel client : clients) {
      client.close();
    }
    // An exec lives on without its client, as in Docker; its pipes and terminal are the engine's.
    await("only the exec is left")
        .atMost(Duration.ofSeconds(20))
        .until(() -> descriptors() <= before + 12);
    long size = logSize(id);
    await("output goes on").until(() -> logSize(id) != size);
    assertThat(engine.state(id).string("Status")).isEqualTo("running");
    call(client -> client.containers().remove(id, true, true));
    await("nothing is left").atMost(Duration.ofSeconds(20)).until(() -> descriptors() <= before);
  }

  private long logSize(String id) throws IOException {
    Path log = engine.program.state.container(id).log();
    return Files.exists(log) ? Files.size(log) : 0;
  }

  private long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + engine.program.pid() + "/fd"))) {
      return all.count();
    }
  }

  /** Sends a request and reads the beginning of its answer. */
  private SocketChannel begin(String method, String path, String body) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(engine.program.state.socket()));
    channel.write(
        ByteBuffer.wrap(
            (method
                    + " "
                    + path
                    + " HTTP/1.1\r\nHost: engine\r\nContent-Type: application/json\r\n"
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(UTF_8)));
    ByteBuffer answer = ByteBuffer.allocate(64);
    channel.read(answer);
    assertThat(new String(answer.array(), 0, 12, UTF_8)).matches("HTTP/1.1 [12]..");
    return channel;
  }

  @Test
  void anEngineThatIsToldToEndWhileItIsBusyEndsInOrderAndItsContainersGoOn() throws Exception {
    String deaf = engine.run("deaf", "trap '' TERM; echo up; sleep 1000", "");
    await().until(() -> engine.logs(deaf).contains("up"));
    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    Thread stop =
        Thread.ofVirtual().start(() -> quietly(client -> client.containers().stop(deaf, 60, null)));
    Thread follow =
        Thread.ofVirtual()
            .start(
                () ->
                    quietly(
                        client -> {
                          try (var answer =
                              client.open(
                                  "GET",
                                  Query.path("containers", deaf, "logs")
                                      .and("stdout", true)
                                      .and("follow", true),
                                  null)) {
                            answer.body().transferTo(followed);
                          } catch (IOException cut) {
                            // the engine ended
                          }
                        }));
    await().until(() -> followed.size() > 0);
    // 143: the JVM ends with 128 + SIGTERM after its hooks.
    assertThat(engine.program.end()).isIn(0, 143);
    stop.join();
    follow.join();
    assertThat(engine.program.log()).anyMatch(line -> line.contains("the engine ends"));
    assertThat(engine.program.state.socket()).doesNotExist();
    engine.program.startAgain();
    assertThat(engine.state(deaf).string("Status")).isEqualTo("running");
    call(client -> client.containers().kill(deaf, "KILL"));
    assertThat(engine.state(deaf).integer("ExitCode")).isEqualTo(137);
  }

  private void quietly(Call call) {
    try {
      call(call);
    } catch (RuntimeException ended) {
      // the engine has ended, which is what the test is about
    }
  }
}
