package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;

/** How much a file may ask for, aliases counted each time they are used. */
final class Budget {
  /** docker compose visits no more nodes than these. */
  private static final int MOST_NODES = 100_000;

  private static final int DEEPEST = 100;

  private final String file;
  private int nodes;

  Budget(String file) {
    this.file = file;
  }

  void spend(Location location) throws ComposeException {
    if (++nodes > MOST_NODES) {
      throw new ComposeException(
          new Problem(
              location,
              "",
              "the file has more than "
                  + MOST_NODES
                  + " values, those repeated by aliases included",
              "use fewer aliases (*name) or split the file with include"));
    }
  }

  void spend(YamlNode node, Location location) throws ComposeException {
    spend(location);
    // Not a pattern switch: the class cache cannot hold one, and it costs every start milliseconds.
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map) {
        spend(entry.value(), location);
      }
    } else if (node instanceof YamlList list) {
      for (YamlNode item : list) {
        spend(item, location);
      }
    }
  }

  void checkDepth(int depth, Location location) throws ComposeException {
    if (depth > DEEPEST) {
      throw new ComposeException(
          new Problem(
              location,
              "",
              file + " nests maps and lists more than " + DEEPEST + " deep",
              "make it flatter"));
    }
  }
}
