package dev.jcompose.core.merge;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import java.util.List;

/**
 * What the {@code !reset} and {@code !override} tags of one document take away, by exact path, from
 * everything the document is laid over: included files, extended services, earlier documents.
 */
public final class Removals {
  private final List<YamlDocument.Removal> removals;
  private final boolean[] used;

  /** Makes the removals of a document. */
  public Removals(List<YamlDocument.Removal> removals) {
    this.removals = removals;
    this.used = new boolean[removals.size()];
  }

  /** Takes everything away from a model. */
  public void apply(YamlMap root) {
    for (int i = 0; i < used.length; i++) {
      used[i] |= remove(root, removals.get(i).path(), 0);
    }
  }

  /** Takes away from a service what the document says about the service of that name. */
  public void applyToService(String name, YamlMap service) {
    for (int i = 0; i < used.length; i++) {
      List<String> path = removals.get(i).path();
      if (path.size() > 2 && path.get(0).equals("services") && path.get(1).equals(name)) {
        used[i] |= remove(service, path, 2);
      }
    }
  }

  private static boolean remove(YamlMap root, List<String> path, int from) {
    YamlMap map = root;
    for (int i = from; i < path.size() - 1; i++) {
      YamlNode next = map.get(path.get(i));
      if (!(next instanceof YamlMap below)) {
        return false;
      }
      map = below;
    }
    return map.remove(path.getLast());
  }

  /**
   * Warns of resets that had nothing to take away. An override without an earlier value is a value
   * like any other.
   */
  public void warnOfIdle(Problems problems) {
    for (int i = 0; i < used.length; i++) {
      YamlDocument.Removal removal = removals.get(i);
      if (!used[i] && removal.tag().equals("!reset")) {
        problems.warn(
            removal.origin().location(),
            String.join(".", removal.path()),
            "!reset takes nothing away: nothing before it gives this");
      }
    }
  }
}
