package dev.jcompose.core.load;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to load and how. Everything from outside comes in here: core reads no environment of its
 * own.
 *
 * @param currentDirectory absolute; relative paths of the options start here
 * @param environment the process environment
 * @param homeDirectory what {@code ~} means; null when unknown
 * @param files {@code -f}, in order; {@code -} is standard input; empty to use COMPOSE_FILE or to
 *     look for one
 * @param standardInput text of standard input, read only when {@code -} is among the files; null
 *     when there is none
 * @param envFiles {@code --env-file}; empty for COMPOSE_ENV_FILES or the default {@code .env}
 * @param projectDirectory {@code --project-directory}; null for that of the first file
 * @param projectName {@code -p}; null for the other sources
 * @param profiles {@code --profile}; empty for COMPOSE_PROFILES
 * @param services services the command names; empty for all enabled ones
 * @param skips phases to leave out
 * @param override a last document laid over the files, named "the command line" in problems; null
 *     for none
 * @param remote brings files from registries here
 */
public record LoadRequest(
    Path currentDirectory,
    Map<String, String> environment,
    @Nullable Path homeDirectory,
    List<String> files,
    @Nullable String standardInput,
    List<String> envFiles,
    @Nullable String projectDirectory,
    @Nullable String projectName,
    List<String> profiles,
    List<String> services,
    Set<Skip> skips,
    @Nullable String override,
    RemoteFiles remote) {

  /** Phases a caller can leave out, each the negation of one flag of {@code config}. */
  public enum Skip {
    /** {@code --no-interpolate}: variables stay as written. */
    INTERPOLATION,
    /** {@code --no-normalize}: no implied networks, dependencies and names. */
    NORMALIZATION,
    /** {@code --no-path-resolution}: relative paths stay relative. */
    PATH_RESOLUTION,
    /** {@code --no-consistency}: references are not checked. */
    CONSISTENCY,
    /** {@code --no-env-resolution}: env files of services are not read. */
    ENVIRONMENT_RESOLUTION,
    /** Unused networks, volumes, configs and secrets stay ({@code --all-resources}). */
    PRUNING
  }

  /** Copies the collections and cleans the directory of dots. */
  public LoadRequest {
    currentDirectory = currentDirectory.normalize();
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    profiles = List.copyOf(profiles);
    services = List.copyOf(services);
    skips = Set.copyOf(skips);
  }

  /** A request without a document of its own. */
  public LoadRequest(
      Path currentDirectory,
      Map<String, String> environment,
      @Nullable Path homeDirectory,
      List<String> files,
      @Nullable String standardInput,
      List<String> envFiles,
      @Nullable String projectDirectory,
      @Nullable String projectName,
      List<String> profiles,
      List<String> services,
      Set<Skip> skips) {
    this(
        currentDirectory,
        environment,
        homeDirectory,
        files,
        standardInput,
        envFiles,
        projectDirectory,
        projectName,
        profiles,
        services,
        skips,
        null,
        RemoteFiles.NONE);
  }

  /** The same with a way to bring files from registries here. */
  public LoadRequest withRemote(RemoteFiles files) {
    return with(override, files);
  }

  /** The same with a document laid over the files. */
  public LoadRequest withOverride(String yaml) {
    return with(yaml, remote);
  }

  private LoadRequest with(@Nullable String yaml, RemoteFiles fetcher) {
    return new LoadRequest(
        currentDirectory,
        environment,
        homeDirectory,
        files,
        standardInput,
        envFiles,
        projectDirectory,
        projectName,
        profiles,
        services,
        skips,
        yaml,
        fetcher);
  }

  /** Loads what is found in a directory, with the given environment and no options. */
  public static LoadRequest in(Path directory, Map<String, String> environment) {
    return new LoadRequest(
        directory,
        environment,
        null,
        List.of(),
        null,
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        Set.of());
  }

  /**
   * Loads the given text as the only file, with an empty environment; the directory is the base of
   * relative paths.
   */
  public static LoadRequest ofText(Path directory, String yaml) {
    return new LoadRequest(
        directory,
        Map.of(),
        null,
        List.of("-"),
        yaml,
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        Set.of());
  }
}
