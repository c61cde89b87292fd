package dev.jcompose.core.port.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main process of a container. Null means "as the image says" everywhere.
 *
 * @param entrypoint empty to have none
 * @param command empty to have none
 * @param environment by name; an empty value sets nothing, null takes away what the image sets
 * @param stopTimeoutSeconds seconds before it is killed; null for the engine's 10
 * @param init whether a small init runs as process 1; null for what the engine does by default
 * @param groups extra groups, each a name or a number
 * @param stdinOnce whether standard input ends with the first client that is attached to it
 */
public record ProcessSpec(
    @Nullable List<String> entrypoint,
    @Nullable List<String> command,
    Map<String, @Nullable String> environment,
    @Nullable String workingDirectory,
    @Nullable String user,
    boolean tty,
    boolean stdinOpen,
    @Nullable String stopSignal,
    @Nullable Integer stopTimeoutSeconds,
    @Nullable Boolean init,
    List<String> groups,
    boolean stdinOnce) {
  /** Everything as the image says. */
  public static final ProcessSpec OF_IMAGE =
      new ProcessSpec(
          null, null, Map.of(), null, null, false, false, null, null, null, List.of(), false);

  public ProcessSpec {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    command = command == null ? null : List.copyOf(command);
    environment = Ordered.copy(environment);
    groups = List.copyOf(groups);
  }

  /** The same with further variables, where it says nothing of them itself. */
  public ProcessSpec withVariablesBelow(Map<String, String> variables) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(variables);
    all.putAll(environment);
    return with(all, stdinOnce);
  }

  /** The same with another end of its standard input. */
  public ProcessSpec withStdinOnce(boolean once) {
    return with(environment, once);
  }

  private ProcessSpec with(Map<String, @Nullable String> variables, boolean once) {
    return new ProcessSpec(
        entrypoint,
        command,
        variables,
        workingDirectory,
        user,
        tty,
        stdinOpen,
        stopSignal,
        stopTimeoutSeconds,
        init,
        groups,
        once);
  }
}
