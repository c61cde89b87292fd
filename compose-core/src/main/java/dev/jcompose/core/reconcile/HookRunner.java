package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a hook to its end and keeps the last of what it says for the case that it fails. */
final class HookRunner {
  private static final int KEPT_BYTES = 2048;
  private static final int KEPT_LINES = 10;

  private HookRunner() {}

  static void run(Engine engine, String container, ExecHook hook) {
    try (ExecSession session = engine.exec(container, hook.request())) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      for (Output output = session.next(); output != null; output = session.next()) {
        byte[] bytes = new byte[output.bytes().remaining()];
        output.bytes().get(bytes);
        said.writeBytes(bytes);
        if (said.size() > 2 * KEPT_BYTES) {
          byte[] all = said.toByteArray();
          said.reset();
          said.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
        }
      }
      int code = session.exitCode();
      if (code != 0) {
        String end = end(said.toString(StandardCharsets.UTF_8));
        throw new EngineException(
            EngineException.Reason.FAILED,
            "it ended with code " + code + (end.isEmpty() ? "" : " and said: " + end));
      }
    }
  }

  private static String end(String text) {
    List<String> lines = text.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size()));
  }
}
