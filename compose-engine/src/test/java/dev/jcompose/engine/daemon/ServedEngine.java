package dev.jcompose.engine.daemon;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.nio.file.Files;

/** An engine of its own with a client, for the tests of a whole class. */
final class ServedEngine implements AutoCloseable {
  final EngineProgram program;
  final EngineClient client;

  private ServedEngine(EngineProgram program) {
    this.program = program;
    this.client = program.client();
  }

  static ServedEngine start() throws IOException {
    return new ServedEngine(EngineProgram.start(Files.createTempDirectory("jcompose-served")));
  }

  @Override
  public void close() throws Exception {
    client.close();
    program.close();
    FileTrees.delete(program.state.root());
  }
}
