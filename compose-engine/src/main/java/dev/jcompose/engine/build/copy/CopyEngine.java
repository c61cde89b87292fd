package dev.jcompose.engine.build.copy;

import dev.jcompose.engine.build.copy.StagedDirectory.Kind;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import dev.jcompose.engine.image.layer.Attributes;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies as BuildKit's COPY does (fsutil's copy with the options CopyDirContentsOnly and
 * FollowSymlinks): the content of directories, top-level links followed and inner ones kept, modes
 * and times kept, hard links among what is copied kept.
 */
public final class CopyEngine {
  private static final int FILE = 0100000;
  private static final int SOCKET = 0140000;

  private record First(Path folder, String name) {}

  private final FileCalls calls;
  private final Destination destination;
  private final CopyOptions options;
  private final Map<String, First> firstNames = new HashMap<>();

  /** The folder the last file came from: the next one is most often its neighbour. */
  private @Nullable OpenFolder last;

  private record OpenFolder(Path path, int descriptor) {}

  public CopyEngine(FileCalls calls, Destination destination, CopyOptions options) {
    this.calls = calls;
    this.destination = destination;
    this.options = options;
  }

  /**
   * Copies all of these.
   *
   * @param target absolute path; with a slash at its end it is a folder, made when it is missing
   * @throws CopyException when a file and a directory want the same place
   */
  public void copy(List<CopySource> sources, String target) throws CopyException {
    try {
      for (CopySource source : sources) {
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new CopyException("copying was interrupted");
        }
        copy(source, target);
      }
    } finally {
      closeLast();
    }
  }

  private void closeLast() {
    if (last != null) {
      calls.close(last.descriptor());
      last = null;
    }
  }

  private int folder(Path path) {
    OpenFolder open = last;
    if (open != null && open.path().equals(path)) {
      return open.descriptor();
    }
    closeLast();
    int descriptor = calls.openDirectory(path);
    last = new OpenFolder(path, descriptor);
    return descriptor;
  }

  private void copy(CopySource source, String target) throws CopyException {
    TreeNode node = source.node();
    String excludable = node.facts().isDirectory() ? "" : source.name();
    if (!excludable.isEmpty() && options.excludes().excludes(excludable)) {
      return;
    }
    StagedDirectory under = null;
    if (!source.parents().isEmpty()) {
      under = keptParents(source, target);
    }
    if (node.facts().isDirectory()) {
      StagedDirectory into = under == null ? destination.directory(target, created()) : under;
      children(source.tree(), node, into, "");
      return;
    }
    if (under != null) {
      entry(source.tree(), node, under, source.name());
      return;
    }
    if (target.endsWith("/")) {
      entry(source.tree(), node, destination.directory(target, created()), source.name());
      return;
    }
    Destination.Place place = destination.place(target, created());
    if (!place.name().isEmpty() && !destination.claim(target)) {
      throw new CopyException(
          "several files are copied to %s, which is no folder; end it with a slash"
              .formatted(target));
    }
    entry(
        source.tree(),
        node,
        place.directory(),
        place.name().isEmpty() ? source.name() : place.name());
  }

  private Owner created() {
    return options.owner() == null ? Owner.ROOT : options.owner();
  }

  /** The folders of {@code --parents}, with the modes they have at the source. */
  private StagedDirectory keptParents(CopySource source, String target) throws CopyException {
    StagedDirectory at = destination.directory(target, created());
    String[] names = source.parents().split("/", -1);
    String own = source.node().path();
    int keep = own.isEmpty() ? 0 : own.split("/").length;
    int folders = source.node().facts().isDirectory() ? keep : keep - 1;
    String[] all = own.split("/");
    for (int i = 0; i < names.length; i++) {
      int depth = folders - names.length + i + 1;
      TreeNode from = source.tree().find(String.join("/", List.of(all).subList(0, depth)), true);
      FileFacts facts = from == null ? source.tree().top().facts() : from.facts();
      at = directory(at, names[i], facts);
    }
    return at;
  }

  private void children(FileTree tree, TreeNode directory, StagedDirectory into, String prefix)
      throws CopyException {
    for (TreeNode child : tree.children(directory).values()) {
      String path = prefix + child.name();
      boolean excluded = options.excludes().excludes(path);
      if (child.facts().isDirectory()) {
        if (!excluded) {
          children(tree, child, directory(into, child), path + "/");
        } else if (options.excludes().mayIncludeBelow(path) && hasIncluded(tree, child, path)) {
          children(tree, child, directory(into, child), path + "/");
        }
      } else if (!excluded) {
        entry(tree, child, into, child.name());
      }
    }
    destination.makeRoom();
  }

  private boolean hasIncluded(FileTree tree, TreeNode directory, String path) {
    for (TreeNode child : tree.children(directory).values()) {
      String below = path + "/" + child.name();
      if (!options.excludes().excludes(below)
          || (child.facts().isDirectory() && hasIncluded(tree, child, below))) {
        return true;
      }
    }
    return false;
  }

  private StagedDirectory directory(StagedDirectory into, TreeNode source) throws CopyException {
    StagedDirectory made = directory(into, source.name(), source.facts());
    if (options.attributes()) {
      attributes(source, ".", destination.descriptor(made), ".");
    }
    return made;
  }

  private StagedDirectory directory(StagedDirectory into, String name, FileFacts facts)
      throws CopyException {
    Owner owner = owner(facts);
    int mode = mode(facts, true);
    Kind kind = destination.kind(into, name);
    if (kind == Kind.DIRECTORY) {
      StagedDirectory there = destination.existing(into, name);
      destination.change(there, owner, mode, facts.mtime());
      return there;
    }
    if (kind != Kind.ABSENT) {
      if (!options.replaces()) {
        throw new CopyException("cannot copy to non-directory: " + into.path() + "/" + name);
      }
      destination.clear(into, name);
    }
    return destination.make(into, name, owner, mode, facts.mtime());
  }

  private void entry(FileTree tree, TreeNode node, StagedDirectory into, String name)
      throws CopyException {
    FileFacts facts = node.facts();
    if (facts.type() == SOCKET) {
      return;
    }
    if (destination.kind(into, name) == Kind.DIRECTORY && !options.replaces()) {
      throw new CopyException(
          "cannot replace to directory " + into.path() + "/" + name + " with file");
    }
    destination.clear(into, name);
    int directory = destination.descriptor(into);
    if (facts.type() == FILE && facts.links() > 1) {
      String inode = facts.device() + ":" + facts.inode();
      First first = firstNames.putIfAbsent(inode, new First(destination.onHost(into), name));
      if (first != null) {
        link(first, directory, name);
        into.files.put(name, Kind.OTHER);
        return;
      }
    }
    if (facts.isSymlink()) {
      calls.makeSymlink(tree.linkTarget(node), directory, name);
    } else if (facts.type() == FILE) {
      content(node, directory, name);
      into.files.put(name, Kind.OTHER);
      return;
    } else {
      calls.makeNode(directory, name, facts.type() | 0600, facts.nodeMajor(), facts.nodeMinor());
    }
    Owner owner = owner(facts);
    if (!owner.equals(Owner.ROOT)) {
      calls.setOwner(directory, name, owner.uid(), owner.gid());
    }
    if (!facts.isSymlink()) {
      calls.setMode(directory, name, mode(facts, false));
    }
    calls.setTime(directory, name, facts.mtime());
    into.files.put(name, facts.isSymlink() ? Kind.SYMLINK : Kind.OTHER);
  }

  private void link(First first, int directory, String name) {
    int from = calls.openDirectory(first.folder());
    try {
      calls.makeHardLink(from, first.name(), directory, name);
    } finally {
      calls.close(from);
    }
  }

  private void content(TreeNode node, int directory, String name) {
    FileFacts facts = node.facts();
    int from = calls.openFile(folder(node.folder()), node.name());
    try {
      int to = calls.createFile(directory, name, 0600);
      try {
        if (facts.size() > 0) {
          calls.copyContent(from, to);
        }
        Owner owner = owner(facts);
        if (!owner.equals(Owner.ROOT)) {
          calls.setOwner(to, owner.uid(), owner.gid());
        }
        if (options.attributes()) {
          attributes(node, node.name(), directory, name);
        }
        calls.setMode(to, mode(facts, false));
        calls.setTime(to, facts.mtime());
      } finally {
        calls.close(to);
      }
    } finally {
      calls.close(from);
    }
  }

  private void attributes(TreeNode node, String name, int directory, String as) {
    Attributes.set(calls, directory, as, calls.attributes(folder(node.folder()), name));
  }

  private Owner owner(FileFacts facts) {
    Owner wanted = options.owner();
    return wanted == null ? new Owner(facts.uid(), facts.gid()) : wanted;
  }

  private int mode(FileFacts facts, boolean directory) {
    ModeChange change = options.mode();
    return change == null ? facts.permissions() : change.apply(facts.permissions(), directory);
  }
}
