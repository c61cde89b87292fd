package dev.jcompose.core.merge;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code !reset} and {@code !override} tags of one document take away, by exact path, from
 * everything the document is laid over: included files, extended services, earlier documents.
 */
public final class Removals {
  private final List<YamlDocument.Removal> removals;
  private final YamlMap document;
  private final boolean[] used;

  /** Makes the removals of a document. */
  public Removals(YamlDocument document) {
    this.removals = document.removals();
    this.document = document.root();
    this.used = new boolean[removals.size()];
  }

  /** Takes everything away from a model. */
  public void apply(YamlMap root) {
    for (int i = 0; i < used.length; i++) {
      remove(i, root, 0);
    }
  }

  /** Takes away from a service what the document says about the service of that name. */
  public void applyToService(String name, YamlMap service) {
    for (int i = 0; i < used.length; i++) {
      List<String> path = removals.get(i).path();
      if (path.size() > 2 && path.get(0).equals("services") && path.get(1).equals(name)) {
        remove(i, service, 2);
      }
    }
  }

  private void remove(int index, YamlMap base, int from) {
    List<String> path = removals.get(index).path();
    YamlMap map = above(base, path, from);
    YamlNode old = map == null ? null : map.get(path.getLast());
    if (map == null || old == null) {
      return;
    }
    map.remove(path.getLast());
    used[index] = true;
    // What an override puts there knows what it took the place of.
    YamlMap own = above(document, path, 0);
    YamlNode over = own == null ? null : own.get(path.getLast());
    if (own != null && over instanceof YamlScalar scalar) {
      own.put(path.getLast(), scalar.with(scalar.origin().replacing(old)));
    } else if (own != null && over instanceof YamlList list) {
      own.put(path.getLast(), list.with(list.origin().replacing(old)));
    }
  }

  /** The map that holds what a path leads to; null when there is none. */
  private static @Nullable YamlMap above(YamlMap root, List<String> path, int from) {
    YamlMap map = root;
    for (int i = from; i < path.size() - 1 && map != null; i++) {
      map = map.map(path.get(i));
    }
    return map;
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
            removal.attribute(),
            removal.isOfItem()
                ? "!reset takes nothing away: no single item of a list can be; put it before the"
                    + " list"
                : "!reset takes nothing away: nothing before it gives this");
      }
    }
  }
}
