package dev.jcompose.core.merge;

import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import java.util.List;

/** What {@code !reset} and {@code !override} take away from earlier documents, by exact path. */
public final class Removals {
  private Removals() {}

  /**
   * Removes a path.
   *
   * @param root the top-level map, or the one that {@code skip} keys lead to
   * @param skip how many keys of the path to leave out
   * @return whether there was something to remove
   */
  public static boolean apply(YamlMap root, YamlDocument.Removal removal, int skip) {
    List<String> path = removal.path();
    YamlMap map = root;
    for (int i = skip; i < path.size() - 1; i++) {
      YamlNode next = map.get(path.get(i));
      if (!(next instanceof YamlMap below)) {
        return false;
      }
      map = below;
    }
    return path.size() > skip && map.remove(path.getLast());
  }
}
