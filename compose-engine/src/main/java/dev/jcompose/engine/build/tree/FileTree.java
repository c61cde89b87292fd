package dev.jcompose.engine.build.tree;

import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.image.layer.Whiteouts;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files that is only read: one folder of the host, or directories over each other as
 * overlayfs would show them, without a mount. Directories are read when somebody looks into them,
 * and only once. Symbolic links are followed inside the tree and never leave it.
 */
public final class FileTree {
  private static final int MOST_LINKS = 40;

  private final FileCalls calls;
  private final IgnoreRules filter;
  private final boolean layered;
  private final TreeNode top;

  private FileTree(FileCalls calls, List<Path> folders, IgnoreRules filter, boolean layered) {
    this.calls = calls;
    this.filter = filter;
    this.layered = layered;
    this.top = new TreeNode("", facts(calls, folders.getFirst()), List.copyOf(folders));
  }

  /**
   * A folder of the host.
   *
   * @param filter what is not seen of it
   */
  public static FileTree folder(FileCalls calls, Path folder, IgnoreRules filter) {
    return new FileTree(calls, List.of(folder), filter, false);
  }

  /**
   * Layers over each other.
   *
   * @param lowestFirst at least one
   */
  public static FileTree layers(FileCalls calls, List<Path> lowestFirst) {
    return new FileTree(calls, lowestFirst.reversed(), IgnoreRules.NONE, true);
  }

  private static FileFacts facts(FileCalls calls, Path folder) {
    int descriptor = calls.openDirectory(folder);
    try {
      FileFacts facts = calls.facts(descriptor, ".");
      if (facts == null) {
        throw new KernelException("look at " + folder, Errno.ENOENT);
      }
      return facts;
    } finally {
      calls.close(descriptor);
    }
  }

  /** The top directory. */
  public TreeNode top() {
    return top;
  }

  /** What a directory holds, by name. */
  public SortedMap<String, TreeNode> children(TreeNode directory) {
    synchronized (directory) {
      SortedMap<String, TreeNode> known = directory.children();
      if (known == null) {
        known = Collections.unmodifiableSortedMap(read(directory));
        directory.keep(known);
      }
      return known;
    }
  }

  private SortedMap<String, TreeNode> read(TreeNode directory) {
    SortedMap<String, TreeNode> found = new TreeMap<>();
    // Names that nothing of a lower directory can show through any more.
    Set<String> settled = new HashSet<>();
    String prefix = directory.path().isEmpty() ? "" : directory.path() + "/";
    for (Path folder : directory.folders()) {
      int descriptor = calls.openDirectory(folder);
      try {
        for (String name : calls.names(descriptor)) {
          if (!settled.contains(name)) {
            add(found, settled, descriptor, folder, prefix, name);
          }
        }
        if (layered && Whiteouts.isOpaque(calls, descriptor, ".")) {
          return found;
        }
      } finally {
        calls.close(descriptor);
      }
    }
    return found;
  }

  private void add(
      SortedMap<String, TreeNode> found,
      Set<String> settled,
      int descriptor,
      Path folder,
      String prefix,
      String name) {
    FileFacts facts = calls.facts(descriptor, name);
    if (facts == null) {
      return;
    }
    if (layered && Whiteouts.isWhiteout(facts)) {
      settled.add(name);
      return;
    }
    if (!facts.isDirectory()) {
      settled.add(name);
      if (!found.containsKey(name) && !filter.excludes(prefix + name)) {
        found.put(name, new TreeNode(prefix + name, facts, List.of(folder)));
      }
      return;
    }
    TreeNode above = found.get(name);
    List<Path> folders = new ArrayList<>(above == null ? List.of() : above.folders());
    folders.add(folder.resolve(name));
    TreeNode node =
        new TreeNode(prefix + name, above == null ? facts : above.facts(), List.copyOf(folders));
    if (filter.excludes(node.path())
        && (!filter.mayIncludeBelow(node.path()) || children(node).isEmpty())) {
      return;
    }
    found.put(name, node);
  }

  /**
   * Finds a path.
   *
   * @param path absolute or relative to the top; {@code ..} does not lead out of the tree
   * @param followLast whether a symbolic link at its end is followed
   * @return null when there is nothing, or links go round in circles
   */
  public @Nullable TreeNode find(String path, boolean followLast) {
    Deque<String> todo = new ArrayDeque<>(List.of(path.split("/")));
    Deque<TreeNode> way = new ArrayDeque<>();
    way.push(top);
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (way.size() > 1) {
          way.pop();
        }
        continue;
      }
      TreeNode here = way.element();
      TreeNode next = here.facts().isDirectory() ? children(here).get(name) : null;
      if (next == null) {
        return null;
      }
      if (next.facts().isSymlink() && (followLast || !todo.isEmpty())) {
        if (++links > MOST_LINKS) {
          return null;
        }
        String target = linkTarget(next);
        if (target.startsWith("/")) {
          way.clear();
          way.push(top);
        }
        List.of(target.split("/")).reversed().forEach(todo::addFirst);
        continue;
      }
      way.push(next);
    }
    return way.element();
  }

  /** The text of a symbolic link. */
  public String linkTarget(TreeNode link) {
    int descriptor = calls.openDirectory(link.folder());
    try {
      return calls.readSymlink(descriptor, link.name());
    } finally {
      calls.close(descriptor);
    }
  }

  /**
   * Whether all below this node, or the file it is, lies in one directory of the host and nothing
   * of it is hidden, so that the host shows the same there.
   */
  public boolean isPlain(TreeNode node) {
    if (!node.facts().isDirectory()) {
      return true;
    }
    if (!layered) {
      return filter.isEmpty();
    }
    if (node.folders().size() > 1) {
      return false;
    }
    int descriptor = calls.openDirectory(node.onHost());
    try {
      for (String name : calls.names(descriptor)) {
        FileFacts facts = calls.facts(descriptor, name);
        if (facts != null && Whiteouts.isWhiteout(facts)) {
          return false;
        }
      }
    } finally {
      calls.close(descriptor);
    }
    return children(node).values().stream()
        .allMatch(child -> !child.facts().isDirectory() || isPlain(child));
  }
}
