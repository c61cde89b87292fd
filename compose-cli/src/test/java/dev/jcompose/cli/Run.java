package dev.jcompose.cli;

import dev.jcompose.cli.session.Connector;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One command line, run inside the test. */
record Run(int status, String out, String err) {
  /** Without an engine. */
  static Run of(String... words) {
    return in(Path.of("/nonexistent"), new FakeEngine(), words);
  }

  static Run in(Path directory, FakeEngine engine, String... words) {
    return with(Map.of("NO_COLOR", "1"), "", directory, engine, words);
  }

  /** With a process environment and a standard input of its own. */
  static Run with(
      Map<String, String> environment,
      String input,
      Path directory,
      FakeEngine engine,
      String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream printedOut = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream printedErr = new PrintStream(err, false, StandardCharsets.UTF_8);
    int status =
        new CommandLineInterface(
                environment,
                directory,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                printedOut,
                printedErr,
                new Connector() {
                  @Override
                  public Engine engine(Session session) {
                    return engine.engine();
                  }

                  @Override
                  public EngineClient client(Session session) {
                    return new EngineClient(Path.of("/nonexistent/engine.sock"));
                  }
                })
            .run(List.of(words));
    printedOut.flush();
    printedErr.flush();
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
