package dev.jcompose.core.project.process;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process a container runs. Null always means: as the image says, or the engine's default.
 *
 * @param command argument words; null for the image's, empty to clear it
 * @param entrypoint argument words; null for the image's, empty to clear it
 * @param environment variables after env files; a null value unsets what the image set
 * @param workingDirectory absolute path in the container
 * @param user name or id, optionally with {@code :group}
 * @param groupAdd further groups
 * @param tty whether it gets a terminal
 * @param stdinOpen whether standard input stays open
 * @param init whether a small init runs as process 1
 * @param stopSignal such as {@code SIGINT}
 * @param stopGracePeriod how long stopping waits before it kills
 */
public record ProcessSettings(
    @Nullable List<String> command,
    @Nullable List<String> entrypoint,
    Map<String, @Nullable String> environment,
    @Nullable String workingDirectory,
    @Nullable String user,
    List<String> groupAdd,
    boolean tty,
    boolean stdinOpen,
    @Nullable Boolean init,
    @Nullable String stopSignal,
    @Nullable Duration stopGracePeriod) {
  /** Everything as the image says. */
  public static final ProcessSettings DEFAULT =
      new ProcessSettings(
          null, null, Map.of(), null, null, List.of(), false, false, null, null, null);

  /** Copies the collections, keeping their order. */
  public ProcessSettings {
    command = command == null ? null : List.copyOf(command);
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    groupAdd = List.copyOf(groupAdd);
  }
}
