package dev.jcompose.engine.image;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an image asks of its containers: the {@code config} object of the OCI image configuration
 * with Docker's extensions. Collections are never null; an absent one is empty.
 *
 * @param user {@code name|uid[:group|gid]}; empty for root
 * @param exposedPorts {@code 80/tcp}, sorted
 * @param env {@code NAME=value} in order
 * @param entrypoint argument vector that comes before the command
 * @param cmd default command
 * @param volumes absolute paths that get an anonymous volume, sorted
 * @param workingDir absolute path; empty for the root directory
 * @param labels in order
 * @param stopSignal name or number; empty for SIGTERM
 * @param healthcheck null when the image has none
 * @param shell what runs shell-form commands; empty for {@code /bin/sh -c}
 * @param onBuild instructions for images built on this one
 */
public record ImageConfig(
    String user,
    Set<String> exposedPorts,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    Set<String> volumes,
    String workingDir,
    Map<String, String> labels,
    String stopSignal,
    @Nullable Healthcheck healthcheck,
    List<String> shell,
    List<String> onBuild) {
  /** An image that asks for nothing. */
  public static final ImageConfig EMPTY =
      new ImageConfig(
          "", Set.of(), List.of(), List.of(), List.of(), Set.of(), "", Map.of(), "", null,
          List.of(), List.of());

  /**
   * How the image wants to be probed.
   *
   * @param test {@code NONE}, {@code CMD} and arguments, or {@code CMD-SHELL} and one text; empty
   *     to inherit
   * @param interval between probes; zero for the default
   * @param timeout of one probe; zero for the default
   * @param startPeriod in which failures do not count; zero for the default
   * @param startInterval between probes within the start period; zero for the default
   * @param retries failures until unhealthy; zero for the default
   */
  public record Healthcheck(
      List<String> test,
      Duration interval,
      Duration timeout,
      Duration startPeriod,
      Duration startInterval,
      int retries) {
    public Healthcheck {
      test = List.copyOf(test);
    }
  }

  public ImageConfig {
    exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    shell = List.copyOf(shell);
    onBuild = List.copyOf(onBuild);
  }

  /** The value of a variable the image sets; null when it sets none. */
  public @Nullable String variable(String name) {
    String prefix = name + "=";
    return env.stream()
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }
}
