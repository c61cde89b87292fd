package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.exec.ExecCreate;
import dev.jcompose.engine.api.exec.ExecInspect;
import dev.jcompose.engine.api.exec.ExecProcess;
import dev.jcompose.engine.container.exec.Execs.ExecRequest;
import dev.jcompose.engine.container.exec.Execs.ExecState;
import java.util.List;

/** Commands in containers, both ways. */
public final class ExecViews {
  private ExecViews() {}

  /** What a request asks for. */
  public static ExecRequest request(ExecCreate wire) {
    return new ExecRequest(
        wire.cmd(),
        wire.env(),
        wire.user(),
        wire.workingDir(),
        wire.tty(),
        wire.attachStdin(),
        wire.attachStdout(),
        wire.attachStderr(),
        wire.privileged(),
        wire.detachKeys());
  }

  /** A command and how it went. */
  public static ExecInspect view(ExecState exec) {
    ExecRequest request = exec.request();
    List<String> command = request.command();
    return new ExecInspect(
        exec.id(),
        exec.running(),
        exec.exitCode() == null ? null : exec.exitCode().longValue(),
        new ExecProcess(
            request.tty(),
            command.getFirst(),
            command.subList(1, command.size()),
            request.privileged(),
            request.user()),
        request.attachStdin(),
        request.attachStdout(),
        request.attachStderr(),
        exec.exitCode() != null,
        exec.containerId(),
        request.detachKeys(),
        exec.pid());
  }
}
