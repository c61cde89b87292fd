package dev.jcompose.engine.container.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a container.
 *
 * @param entrypoint null: the image's; empty or one empty string: none
 * @param command null: the image's, unless an entrypoint was given
 * @param environment {@code NAME=value}; a bare {@code NAME} removes the variable
 * @param workingDirectory empty: the image's, else {@code /}
 * @param user {@code user[:group]}, names or numbers; empty: the image's, else root
 * @param additionalGroups names or numbers
 * @param stdio terminal and standard input
 * @param stopSignal name or number; empty: the image's, else SIGTERM
 * @param stopTimeoutSeconds grace period after the stop signal; null: 10; negative: forever
 * @param shell what CMD-SHELL probes run under; empty: {@code /bin/sh -c}
 */
public record ProcessSettings(
    @Nullable List<String> entrypoint,
    @Nullable List<String> command,
    List<String> environment,
    String workingDirectory,
    String user,
    List<String> additionalGroups,
    Stdio stdio,
    String stopSignal,
    @Nullable Integer stopTimeoutSeconds,
    List<String> shell) {
  public static final ProcessSettings NONE =
      new ProcessSettings(
          null, null, List.of(), "", "", List.of(), Stdio.NONE, "", null, List.of());

  public ProcessSettings {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    command = command == null ? null : List.copyOf(command);
    environment = List.copyOf(environment);
    additionalGroups = List.copyOf(additionalGroups);
    shell = List.copyOf(shell);
  }

  /**
   * Terminal and standard input of a container. The {@code attach} flags only say what the client
   * that created it meant to attach; they are echoed and change nothing.
   *
   * @param tty a terminal instead of pipes
   * @param openStdin standard input stays open although nobody is attached
   * @param stdinOnce standard input closes when the first attached client leaves
   */
  public record Stdio(
      boolean tty,
      boolean openStdin,
      boolean stdinOnce,
      boolean attachStdin,
      boolean attachStdout,
      boolean attachStderr) {
    public static final Stdio NONE = new Stdio(false, false, false, false, false, false);
  }

  /** The same with another command and no entrypoint of its own. */
  public ProcessSettings withCommand(String... words) {
    return new ProcessSettings(
        entrypoint,
        List.of(words),
        environment,
        workingDirectory,
        user,
        additionalGroups,
        stdio,
        stopSignal,
        stopTimeoutSeconds,
        shell);
  }
}
