package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.container.stream.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Further processes in running containers. */
public interface Execs {
  /**
   * What to run.
   *
   * @param command program and arguments, not empty
   * @param environment added to the container's
   * @param user empty: the container's
   * @param workingDirectory empty: the container's
   * @param detachKeys as the client named them; empty: the default
   */
  record ExecRequest(
      List<String> command,
      List<String> environment,
      String user,
      String workingDirectory,
      boolean tty,
      boolean attachStdin,
      boolean attachStdout,
      boolean attachStderr,
      boolean privileged,
      String detachKeys) {
    public ExecRequest {
      command = List.copyOf(command);
      environment = List.copyOf(environment);
    }
  }

  /**
   * An exec at one moment.
   *
   * @param exitCode null until it has ended
   * @param pid 0 unless it runs
   */
  record ExecState(
      String id,
      String containerId,
      ExecRequest request,
      boolean running,
      @Nullable Integer exitCode,
      int pid) {}

  /**
   * Prepares an exec.
   *
   * @return its id
   * @throws dev.jcompose.engine.EngineException.Conflict when the container does not run or is
   *     paused
   */
  String create(String container, ExecRequest request);

  /**
   * Starts a prepared exec with the client attached.
   *
   * @param rows height of the terminal, 0: unknown
   * @param columns width of the terminal, 0: unknown
   * @throws dev.jcompose.engine.EngineException.Conflict when it was started before
   * @throws dev.jcompose.engine.EngineException.InvalidRequest when the program cannot be executed
   */
  Attachment start(String id, int rows, int columns);

  /** Starts a prepared exec that nobody watches; errors as for {@link #start}. */
  void startDetached(String id);

  /**
   * The exec now.
   *
   * @throws dev.jcompose.engine.EngineException.NotFound when there is none, or it ended some
   *     minutes ago
   */
  ExecState get(String id);

  /** Ids of a container's execs that have not been forgotten. */
  List<String> of(String containerId);

  /** Sets the size of an exec's terminal, in characters. */
  void resize(String id, int rows, int columns);
}
