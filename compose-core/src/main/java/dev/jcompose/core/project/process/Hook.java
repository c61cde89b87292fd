package dev.jcompose.core.project.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs beside the service: in its container after start or before stop, or in a
 * container of its own before start.
 *
 * @param command argument words; empty for the image's (only before start)
 * @param image image of a container of its own; null for the service's (only before start)
 * @param user null for the service's
 * @param privileged whether it gets every capability
 * @param workingDirectory null for the service's
 * @param environment added to the service's; a null value is taken from the project environment
 * @param perReplica whether it runs once for each replica (only before start)
 */
public record Hook(
    List<String> command,
    @Nullable String image,
    @Nullable String user,
    boolean privileged,
    @Nullable String workingDirectory,
    Map<String, @Nullable String> environment,
    boolean perReplica) {
  /** Copies the collections, keeping their order. */
  public Hook {
    command = List.copyOf(command);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /**
   * All hooks of a service, each list in the order of the file.
   *
   * @param preStart before the first container of the service starts
   * @param postStart in the container, after it started
   * @param preStop in the container, before it is stopped
   */
  public record Hooks(List<Hook> preStart, List<Hook> postStart, List<Hook> preStop) {
    /** No hooks. */
    public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Hooks {
      preStart = List.copyOf(preStart);
      postStart = List.copyOf(postStart);
      preStop = List.copyOf(preStop);
    }
  }
}
