package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a hook to its end and keeps the last of what it says for the case that it fails. */
final class HookRunner {
  private static final int KEPT_BYTES = 2048;
  private static final int KEPT_LINES = 10;

  private HookRunner() {}

  /** Waits for a container that is there to do one thing. */
  static void await(Engine engine, String container) {
    int code = engine.awaitExit(container);
    if (code != 0) {
      try (OutputReader log =
          engine.logs(container, new LogRequest(false, false, KEPT_LINES, null, null))) {
        throw failure(code, read(log));
      }
    }
  }

  static void run(Engine engine, String container, ExecHook hook) {
    try (ExecSession session = engine.exec(container, hook.request())) {
      String said = read(session);
      int code = session.exitCode();
      if (code != 0) {
        throw failure(code, said);
      }
    }
  }

  private static String read(OutputReader reader) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (Output output = reader.next(); output != null; output = reader.next()) {
      byte[] bytes = new byte[output.bytes().remaining()];
      output.bytes().get(bytes);
      said.writeBytes(bytes);
      if (said.size() > 2 * KEPT_BYTES) {
        byte[] all = said.toByteArray();
        said.reset();
        said.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
      }
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private static EngineException failure(int code, String said) {
    String end = end(said);
    return new EngineException(
        EngineException.Reason.FAILED,
        "it ended with code " + code + (end.isEmpty() ? "" : " and said: " + end));
  }

  private static String end(String text) {
    List<String> lines = text.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size()));
  }
}
