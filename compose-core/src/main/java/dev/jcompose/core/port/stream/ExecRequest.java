package dev.jcompose.core.port.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process to run in a container.
 *
 * @param environment {@code KEY=value} entries on top of the container's
 * @param workingDirectory null for the container's
 * @param user null for the container's
 * @param tty whether it gets a terminal
 * @param stdin whether we send input
 * @param detach whether it runs on without us; then the session is at its end at once
 */
public record ExecRequest(
    List<String> command,
    List<String> environment,
    @Nullable String workingDirectory,
    @Nullable String user,
    boolean privileged,
    boolean tty,
    boolean stdin,
    boolean detach) {
  public ExecRequest {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  /** A command with the container's own settings, no terminal and no input. */
  public static ExecRequest of(List<String> command) {
    return new ExecRequest(command, List.of(), null, null, false, false, false, false);
  }
}
