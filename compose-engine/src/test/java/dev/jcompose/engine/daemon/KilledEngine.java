package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What tests need around an engine that they kill: short calls, and a clean end. */
final class KilledEngine implements AutoCloseable {
  final EngineProgram program;

  private KilledEngine(EngineProgram program) {
    this.program = program;
  }

  static KilledEngine start(String... properties) throws IOException {
    return new KilledEngine(
        EngineProgram.start(Files.createTempDirectory("jcompose-killed"), properties));
  }

  /** With its state in a directory of the test's. */
  static KilledEngine startIn(Path root) throws IOException {
    return new KilledEngine(EngineProgram.start(root));
  }

  Path root() {
    return program.state.root();
  }

  /** Makes a container of the base image that runs one shell line, without a network. */
  String create(String name, String line, String more) {
    try (EngineClient client = program.client()) {
      JsonObject body =
          Json.object(
              "{\"Image\":\"jcompose/base\",\"Cmd\":[\"sh\",\"-c\","
                  + Json.print(line)
                  + "]"
                  + (more.isEmpty() ? "" : "," + more)
                  + "}");
      return client
          .post(Query.path("containers", "create").and("name", name), () -> body)
          .string("Id");
    }
  }

  String run(String name, String line, String more) {
    String id = create(name, line, more);
    try (EngineClient client = program.client()) {
      client.containers().start(id);
    }
    return id;
  }

  JsonObject state(String id) {
    try (EngineClient client = program.client()) {
      return client.get(Query.path("containers", id, "json")).object("State");
    }
  }

  List<JsonObject> containers() {
    try (EngineClient client = program.client()) {
      return client.list(Query.path("containers", "json").and("all", true));
    }
  }

  String logs(String id) throws IOException {
    try (EngineClient client = program.client();
        var answer =
            client.open(
                "GET",
                Query.path("containers", id, "logs").and("stdout", true).and("stderr", true),
                null);
        InputStream in = answer.body()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() throws Exception {
    if (!program.isAlive()) {
      program.startAgain();
    }
    try (EngineClient client = program.client()) {
      for (JsonObject each : containers()) {
        client.containers().remove(each.string("Id"), true, true);
      }
    }
    program.close();
    Leftovers.awaitNone(root());
    FileTrees.delete(root());
  }
}
