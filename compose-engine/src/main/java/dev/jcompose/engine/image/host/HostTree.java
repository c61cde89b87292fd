package dev.jcompose.engine.image.host;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a layer before anything is copied: one node per absolute path. Adding a path adds
 * the directories above it.
 */
final class HostTree {
  private static final Path TOP = Path.of("/");

  /** What is at a path of the layer; everything belongs to root. */
  sealed interface Node {
    /** A directory with these permission bits. */
    record Directory(int mode) implements Node {}

    /** A symbolic link with this text. */
    record Link(String target) implements Node {}

    /** A file of ours. */
    record Text(String content, int mode) implements Node {}

    /** A copy of a file of this machine, which is no link. */
    record Copy(Path source) implements Node {}
  }

  private final SortedMap<Path, Node> nodes = new TreeMap<>();
  private final @Nullable HostTree below;

  /** A tree that leaves out what the layer below has already; null for a lowest layer. */
  HostTree(@Nullable HostTree below) {
    this.below = below;
  }

  /** Path to node, parents before children. */
  SortedMap<Path, Node> nodes() {
    return Collections.unmodifiableSortedMap(nodes);
  }

  /** Puts a node at an absolute path; the first one at a path stays, also one of a layer below. */
  void put(Path path, Node node) {
    if (has(path)) {
      return;
    }
    directoriesAbove(path);
    nodes.put(path, node);
  }

  /** A layer repeats the directories it puts something into, with the bits they have below. */
  private void directoriesAbove(Path path) {
    Path parent = path.getParent();
    if (parent == null || parent.equals(TOP) || nodes.containsKey(parent)) {
      return;
    }
    directoriesAbove(parent);
    Node present = at(parent);
    nodes.put(parent, present instanceof Node.Directory ? present : new Node.Directory(0755));
  }

  /** Whether this layer or the one below has something there. */
  boolean has(Path path) {
    return nodes.containsKey(path) || (below != null && below.has(path));
  }

  /** What is at the path, in this layer or below; null for nothing. */
  @Nullable Node at(Path path) {
    Node node = nodes.get(path);
    return node != null || below == null ? node : below.at(path);
  }
}
