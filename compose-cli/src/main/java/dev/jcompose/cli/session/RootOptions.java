package dev.jcompose.cli.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options before the verb, as written; null or empty where they were not given.
 *
 * @param parallel how many engine calls may run at once, -1 for no limit
 */
public record RootOptions(
    List<String> files,
    @Nullable String projectName,
    List<String> profiles,
    List<String> envFiles,
    @Nullable String projectDirectory,
    @Nullable String progress,
    @Nullable String ansi,
    @Nullable Integer parallel,
    boolean dryRun,
    boolean compatibility,
    boolean allResources,
    @Nullable String root,
    @Nullable String host,
    boolean verbose) {
  public RootOptions {
    files = List.copyOf(files);
    profiles = List.copyOf(profiles);
    envFiles = List.copyOf(envFiles);
  }
}
