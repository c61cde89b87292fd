package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.exec.ExecCreate;
import dev.jcompose.engine.api.exec.ExecInspect;
import dev.jcompose.engine.api.exec.ExecStart;
import dev.jcompose.engine.api.transport.RawStream;

/** Calls about commands inside running containers. */
public final class ExecCalls {
  private final EngineClient client;

  ExecCalls(EngineClient client) {
    this.client = client;
  }

  /** Prepares a command and returns its id. */
  public String create(String container, ExecCreate request) {
    return client.post(Query.path("containers", container, "exec"), request).string("Id");
  }

  /** Starts a command attached: the stream carries its input and output. */
  public RawStream start(String exec, ExecStart request) {
    return client.upgrade(Query.path("exec", exec, "start"), request);
  }

  /** Starts a command on its own. */
  public void startDetached(String exec, boolean tty) {
    client.post(Query.path("exec", exec, "start"), new ExecStart(true, tty, 0, 0));
  }

  /** Describes a command. */
  public ExecInspect inspect(String exec) {
    return ExecInspect.of(client.get(Query.path("exec", exec, "json")));
  }

  /** Sets the size of a command's terminal in characters. */
  public void resize(String exec, int rows, int columns) {
    client.post(Query.path("exec", exec, "resize").and("h", rows).and("w", columns), null);
  }
}
