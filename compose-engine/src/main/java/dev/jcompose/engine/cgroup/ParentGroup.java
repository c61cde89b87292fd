package dev.jcompose.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The control group that all containers of one engine are below. */
public final class ParentGroup {
  private static final System.Logger LOG = System.getLogger(ParentGroup.class.getName());

  private final Cgroups cgroups;
  private final String path;

  /**
   * Names the group.
   *
   * @param path below the root of every hierarchy, with a leading slash
   */
  public ParentGroup(Cgroups cgroups, String path) {
    this.cgroups = cgroups;
    this.path = path;
  }

  /**
   * Ends and removes the groups an engine that was killed may have left: of containers nobody
   * knows, and of those that ended meanwhile.
   *
   * @param known ids of the containers that run
   */
  public void clear(Set<String> known) {
    Set<String> strangers = new TreeSet<>();
    for (Hierarchy hierarchy : cgroups.layout().hierarchies()) {
      try (Stream<Path> groups = Files.list(hierarchy.directory(path))) {
        groups
            .filter(Files::isDirectory)
            .map(group -> String.valueOf(group.getFileName()))
            .filter(name -> !known.contains(name))
            .forEach(strangers::add);
      } catch (IOException | UncheckedIOException e) {
        // No container has been in this hierarchy.
      }
    }
    for (String stranger : strangers) {
      try {
        Cgroup group = cgroups.open(new CgroupSpec(path + "/" + stranger, Limits.NONE, List.of()));
        group.kill();
        group.remove();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "control group " + stranger + " is left over", e);
      }
    }
  }

  /**
   * Removes the group in each hierarchy where nothing is left below it; elsewhere it stays, for
   * containers outlive the engine.
   */
  public void removeIfEmpty() {
    for (Hierarchy hierarchy : cgroups.layout().hierarchies()) {
      try {
        Files.deleteIfExists(hierarchy.directory(path));
      } catch (IOException inUse) {
        LOG.log(System.Logger.Level.DEBUG, "{0} stays: {1}", path, inUse.getMessage());
      }
    }
  }
}
