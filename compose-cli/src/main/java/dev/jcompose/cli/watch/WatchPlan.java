package dev.jcompose.cli.watch;

import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.deploy.WatchRule;
import dev.jcompose.core.project.mount.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything of a project that is watched.
 *
 * @param project whose services they are
 * @param paths the rules of the services, in the order of the file
 * @param sources the files the project itself was read from
 * @param warnings what is not watched although a rule asks for it, a sentence each
 */
public record WatchPlan(
    Project project, List<WatchedPath> paths, Set<Path> sources, List<String> warnings) {
  public WatchPlan {
    paths = List.copyOf(paths);
    sources = Set.copyOf(sources);
    warnings = List.copyOf(warnings);
  }

  /**
   * Takes the rules of these services.
   *
   * @param services empty for all of the project
   * @throws WatchException when there is no rule, or one that cannot be followed
   */
  public static WatchPlan of(Project project, Collection<String> services, Set<Path> sources)
      throws WatchException {
    List<WatchedPath> paths = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (Service service : project.services().values()) {
      if (!services.isEmpty() && !services.contains(service.name())) {
        continue;
      }
      int index = 0;
      for (WatchRule rule : service.watch()) {
        WatchedPath watched =
            new WatchedPath(service.name(), index++, rule, FileFilter.of(service, rule));
        check(service, watched);
        if (isMounted(service, watched.path())) {
          warnings.add(
              rule.path()
                  + " is mounted into service "
                  + service.name()
                  + " already and is not watched; remove the volume or the rule");
        } else {
          paths.add(watched);
        }
      }
    }
    if (paths.isEmpty() && warnings.isEmpty()) {
      throw new WatchException(
          "no service has anything to watch; add develop.watch to one, with path and action");
    }
    return new WatchPlan(project, paths, sources, warnings);
  }

  private static void check(Service service, WatchedPath watched) throws WatchException {
    if (watched.rule().action() == WatchRule.Action.REBUILD && service.build() == null) {
      throw new WatchException(
          "services."
              + service.name()
              + ".develop.watch["
              + watched.index()
              + "]: there is no build section to rebuild the image from; add one, or use another"
              + " action");
    }
  }

  private static boolean isMounted(Service service, Path path) {
    return service.storage().mounts().stream()
        .anyMatch(mount -> mount instanceof Mount.Bind bind && path.startsWith(bind.source()));
  }

  Set<Path> roots() {
    Set<Path> roots = new LinkedHashSet<>(sources);
    paths.forEach(watched -> roots.add(watched.path()));
    return roots;
  }

  /** Whether no rule has to do with what is in a directory. */
  boolean skips(Path directory) {
    return paths.stream().allMatch(watched -> watched.filter().skips(directory));
  }
}
