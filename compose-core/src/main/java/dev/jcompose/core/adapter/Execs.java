package dev.jcompose.core.adapter;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.exec.ExecCreate;
import dev.jcompose.engine.api.exec.ExecStart;
import dev.jcompose.engine.api.transport.RawStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Runs commands in containers. */
final class Execs {
  private static final int ATTEMPTS = 400;
  private static final long PAUSE_MILLIS = 5;

  private final EngineClient client;

  Execs(EngineClient client) {
    this.client = client;
  }

  ExecSession start(String container, ExecRequest request) {
    boolean attached = !request.detach();
    String id =
        client
            .execs()
            .create(
                container,
                new ExecCreate(
                    request.command(),
                    request.environment(),
                    Requests.text(request.user()),
                    Requests.text(request.workingDirectory()),
                    request.tty(),
                    request.privileged(),
                    attached && request.stdin(),
                    attached,
                    attached,
                    ""));
    if (!attached) {
      client.execs().startDetached(id, request.tty());
      return new Detached();
    }
    RawStream stream = client.execs().start(id, new ExecStart(false, request.tty(), 0, 0));
    return new StreamSession(
        stream,
        request.tty(),
        true,
        (rows, columns) -> client.execs().resize(id, rows, columns),
        () -> exitCode(id));
  }

  /** Output ends a moment before the engine has reaped the process; Docker is no different. */
  private int exitCode(String id) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Long code = client.execs().inspect(id).exitCode();
      if (code != null) {
        return code.intValue();
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new EngineException(
        EngineException.Reason.FAILED, "the engine does not know how the command ended");
  }

  /** A command that runs on without us. */
  private static final class Detached implements ExecSession {
    @Override
    public @Nullable Output next() {
      return null;
    }

    @Override
    public void write(ByteBuffer input) {
      throw new IllegalStateException("nobody reads the input of a detached command");
    }

    @Override
    public void closeInput() {}

    @Override
    public boolean tty() {
      return false;
    }

    @Override
    public void resize(int rows, int columns) {}

    @Override
    public int exitCode() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
