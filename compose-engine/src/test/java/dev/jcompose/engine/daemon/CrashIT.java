package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.ConnectionLostException;
import dev.jcompose.engine.api.transport.EngineUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine dies at every step of everything it does, and the next one finds nothing that is half
 * made, serves what runs, and leaves nothing behind.
 */
class CrashIT {
  /** Ends with 7 when it is told to end. */
  private static final String SERVICE = "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done";

  /** Two networks, a port, a volume of its own, and the service above. */
  private static final String ALL =
      "\"Volumes\":{\"/data\":{}},"
          + "\"HostConfig\":{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"0\"}]}}";

  private static KilledEngine engine;
  private static Path armed;

  @BeforeAll
  static void start() throws IOException {
    armed = Files.createTempDirectory("jcompose-crash").resolve("point");
    engine = KilledEngine.start("-Djcompose.crash.file=" + armed);
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      disarm();
      engine.close();
      Files.delete(armed.getParent());
    }
  }

  /** What a failed test left must not fail the next. */
  @AfterEach
  void clear() throws IOException {
    disarm();
    if (!engine.program.isAlive()) {
      engine.program.startAgain();
    }
    removeEverything();
  }

  private static void disarm() throws IOException {
    Files.deleteIfExists(armed);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "(BLOB|LAYER|IMAGE)_.*")
  void theNextEngineMendsWhatAStepLeft(CrashPoint point) throws Exception {
    String id = prepare(point.verb());
    Files.writeString(armed, point.name());
    Thread request = Thread.ofPlatform().start(() -> request(point.verb(), id));
    assertThat(engine.program.awaitDeath()).as("the engine comes to " + point).isEqualTo(137);
    disarm();
    request.join();
    engine.program.startAgain();

    for (JsonObject container : engine.containers()) {
      assertThat(container.string("State")).isIn("created", "running", "paused", "exited");
    }
    assertThat(links()).as("links that belong to nobody").hasSize(plugged());
    check(point.verb(), id);
    removeEverything();
    Leftovers.awaitNone(engine.root());
  }

  private static String prepare(CrashPoint.Verb verb) {
    String id =
        switch (verb) {
          case CREATE, CREATE_NETWORK, CREATE_VOLUME -> "";
          case REMOVE_NETWORK -> network();
          case REMOVE_VOLUME -> volume();
          case START -> engine.create("it", SERVICE, ALL);
          case EXEC, STOP, PAUSE, UNPAUSE, REMOVE, CONNECT, DISCONNECT -> running();
          case IMAGES -> throw images();
        };
    switch (verb) {
      case UNPAUSE -> call(client -> client.containers().pause(id));
      case CONNECT -> network();
      case DISCONNECT -> {
        network();
        connect(id);
      }
      case CREATE,
          CREATE_NETWORK,
          CREATE_VOLUME,
          REMOVE_NETWORK,
          REMOVE_VOLUME,
          START,
          EXEC,
          STOP,
          PAUSE,
          REMOVE -> {}
      case IMAGES -> throw images();
    }
    return id;
  }

  private static IllegalArgumentException images() {
    return new IllegalArgumentException("ImageCrashIT has these");
  }

  private static String running() {
    String id = engine.run("it", SERVICE, ALL);
    // Before, it does not know its signal.
    await().until(() -> engine.logs(id).contains("up"));
    return id;
  }

  /** Asks for it; that the engine dies meanwhile is no error here. */
  private static void request(CrashPoint.Verb verb, String id) {
    try {
      switch (verb) {
        case CREATE -> engine.create("it", SERVICE, ALL);
        case START -> call(client -> client.containers().start(id));
        case EXEC -> exec(id, "true");
        case STOP -> call(client -> client.containers().stop(id, 20, null));
        case PAUSE -> call(client -> client.containers().pause(id));
        case UNPAUSE -> call(client -> client.containers().unpause(id));
        case REMOVE -> call(client -> client.containers().remove(id, true, true));
        case CONNECT -> connect(id);
        case DISCONNECT -> disconnect(id);
        case CREATE_NETWORK -> network();
        case REMOVE_NETWORK -> call(client -> client.delete(Query.path("networks", "net")));
        case CREATE_VOLUME -> volume();
        case REMOVE_VOLUME -> call(client -> client.delete(Query.path("volumes", "vol")));
        case IMAGES -> throw images();
      }
    } catch (ConnectionLostException | EngineUnreachableException died) {
      // as it should
    }
  }

  /** That what was asked for has happened, or has not and can be asked for again. */
  private static void check(CrashPoint.Verb verb, String id) throws IOException {
    switch (verb) {
      case CREATE -> {
        if (engine.containers().isEmpty()) {
          engine.create("it", SERVICE, ALL);
        }
        serves(engine.containers().getFirst().string("Id"));
      }
      case START -> serves(id);
      case EXEC, CONNECT, DISCONNECT -> {
        assertThat(status(id)).isEqualTo("running");
        serves(id);
      }
      case STOP -> {
        await().until(() -> status(id).equals("exited") || isUntouched(id));
        if (status(id).equals("running")) {
          call(client -> client.containers().stop(id, 20, null));
        }
        assertThat(engine.state(id).integer("ExitCode")).isEqualTo(7);
        assertThat(engine.logs(id)).contains("up");
      }
      case PAUSE -> {
        assertThat(status(id)).isEqualTo("paused");
        call(client -> client.containers().unpause(id));
        serves(id);
      }
      case UNPAUSE -> serves(id);
      case REMOVE -> {
        if (!engine.containers().isEmpty()) {
          // Not even begun: then it is whole, but for its process, which removal kills first.
          assertThat(engine.containers()).hasSize(1);
          serves(id);
        }
      }
      case CREATE_NETWORK -> {
        if (!names("networks").contains("net")) {
          network();
        }
        serves(engine.run("it", SERVICE, "\"HostConfig\":{\"NetworkMode\":\"net\"}"));
      }
      case REMOVE_NETWORK -> {
        if (names("networks").contains("net")) {
          serves(engine.run("it", SERVICE, "\"HostConfig\":{\"NetworkMode\":\"net\"}"));
        }
      }
      case CREATE_VOLUME, REMOVE_VOLUME ->
          serves(engine.run("it", SERVICE, "\"HostConfig\":{\"Binds\":[\"vol:/data\"]}"));
      case IMAGES -> throw images();
    }
  }

  /**
   * A container can be started if it does not run, can be entered, ends when told, with its code.
   */
  private static void serves(String id) {
    await().until(() -> !status(id).equals("running") || exec(id, "true") == 0);
    if (!status(id).equals("running")) {
      call(client -> client.containers().start(id));
    }
    assertThat(exec(id, "exit 3")).isEqualTo(3);
    await().until(() -> engine.logs(id).contains("up"));
    call(client -> client.containers().stop(id, 20, null));
    assertThat(engine.state(id).integer("ExitCode")).isEqualTo(7);
  }

  private static String status(String id) {
    return engine.state(id).string("Status");
  }

  // Killed before the signal was sent: it will never end by itself.
  private static boolean isUntouched(String id) {
    return exec(id, "true") == 0;
  }

  private static int exec(String id, String line) {
    try (EngineClient client = engine.program.client()) {
      JsonObject body =
          Json.object("{\"Cmd\":[\"sh\",\"-c\"," + Json.print(line) + "],\"AttachStdout\":true}");
      String exec = client.post(Query.path("containers", id, "exec"), () -> body).string("Id");
      client.execs().startDetached(exec, false);
      await().until(() -> !client.get(Query.path("exec", exec, "json")).flag("Running"));
      return client.get(Query.path("exec", exec, "json")).integer("ExitCode");
    } catch (ApiException ended) {
      return -1;
    }
  }

  private static String network() {
    return post(Query.path("networks", "create"), "{\"Name\":\"net\"}").string("Id");
  }

  private static String volume() {
    return post(Query.path("volumes", "create"), "{\"Name\":\"vol\"}").string("Name");
  }

  private static void connect(String id) {
    post(Query.path("networks", "net", "connect"), "{\"Container\":\"" + id + "\"}");
  }

  private static void disconnect(String id) {
    post(Query.path("networks", "net", "disconnect"), "{\"Container\":\"" + id + "\"}");
  }

  private static JsonObject post(Query query, String body) {
    try (EngineClient client = engine.program.client()) {
      JsonObject json = Json.object(body);
      return client.post(query, () -> json);
    }
  }

  private interface Call {
    void on(EngineClient client);
  }

  private static void call(Call call) {
    try (EngineClient client = engine.program.client()) {
      call.on(client);
    }
  }

  private static List<String> names(String kind) {
    try (EngineClient client = engine.program.client()) {
      List<JsonObject> all =
          kind.equals("volumes")
              ? client.get(Query.path(kind)).objects("Volumes")
              : client.list(Query.path(kind));
      return all.stream().map(each -> each.string("Name")).toList();
    }
  }

  private static void removeEverything() {
    for (JsonObject each : engine.containers()) {
      call(client -> client.containers().remove(each.string("Id"), true, true));
    }
    if (names("networks").contains("net")) {
      call(client -> client.delete(Query.path("networks", "net")));
    }
    if (names("volumes").contains("vol")) {
      call(client -> client.delete(Query.path("volumes", "vol")));
    }
  }

  /** How many links there must be: one for each network of a running container. */
  private static int plugged() {
    int count = 0;
    for (JsonObject each : engine.containers()) {
      if (each.string("State").equals("running") || each.string("State").equals("paused")) {
        try (EngineClient client = engine.program.client()) {
          JsonObject inspect = client.get(Query.path("containers", each.string("Id"), "json"));
          count += inspect.object("NetworkSettings").object("Networks").names().size();
        }
      }
    }
    return count;
  }

  private static List<String> links() throws IOException {
    List<String> ours = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/sys/class/net"))) {
      for (Path link :
          all.filter(each -> each.getFileName().toString().startsWith("jv")).toList()) {
        String alias = Files.readString(link.resolve("ifalias")).strip();
        if (alias.isEmpty() || alias.equals("jcompose " + engine.root())) {
          ours.add(link.getFileName() + " \"" + alias + "\"");
        }
      }
    }
    return ours;
  }
}
