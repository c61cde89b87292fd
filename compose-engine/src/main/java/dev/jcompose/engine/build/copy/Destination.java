package dev.jcompose.engine.build.copy;

import dev.jcompose.engine.build.copy.StagedDirectory.Kind;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import dev.jcompose.engine.image.layer.Attributes;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.TreeRemoval;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A new layer that is being filled, together with what is below it. Only what is new is written;
 * directories that were there before are made again with their owner, mode and times, so that the
 * layer changes nothing it does not mean to.
 */
public final class Destination implements AutoCloseable {
  private static final int MOST_LINKS = 40;
  private static final int MOST_OPEN = 400;

  private final Set<String> claimed = new HashSet<>();
  private final FileCalls calls;
  private final FileTree lower;
  private final StagedDirectory top;
  private final long now;
  private final Map<StagedDirectory, Long> times = new LinkedHashMap<>();
  private final Deque<StagedDirectory> open = new ArrayDeque<>();
  private final Path staged;

  /**
   * @param lower the layers below
   * @param staged an empty directory that becomes the layer
   * @param now time of what has no time of its own, seconds since 1970
   */
  public Destination(FileCalls calls, FileTree lower, Path staged, long now) {
    this.calls = calls;
    this.lower = lower;
    this.staged = staged;
    this.now = now;
    this.top = new StagedDirectory(null, "", lower.top());
    top.descriptor = calls.openDirectory(staged);
    top.made = true;
    applyFacts(top.descriptor, lower.top());
  }

  StagedDirectory top() {
    return top;
  }

  Kind kind(StagedDirectory directory, String name) {
    if (directory.directories.containsKey(name)) {
      return Kind.DIRECTORY;
    }
    Kind made = directory.files.get(name);
    if (made != null) {
      return made;
    }
    TreeNode node = below(directory, name);
    if (node == null) {
      return Kind.ABSENT;
    }
    return node.facts().isDirectory()
        ? Kind.DIRECTORY
        : node.facts().isSymlink() ? Kind.SYMLINK : Kind.OTHER;
  }

  private @Nullable TreeNode below(StagedDirectory directory, String name) {
    return directory.below == null ? null : lower.children(directory.below).get(name);
  }

  private String linkTarget(StagedDirectory directory, String name) {
    if (directory.files.containsKey(name)) {
      return calls.readSymlink(descriptor(directory), name);
    }
    TreeNode node = below(directory, name);
    return node == null ? "" : lower.linkTarget(node);
  }

  /** A directory that is there already. */
  StagedDirectory existing(StagedDirectory parent, String name) {
    return parent.directories.computeIfAbsent(
        name, key -> new StagedDirectory(parent, name, below(parent, name)));
  }

  /** A new directory. */
  StagedDirectory make(StagedDirectory parent, String name, Owner owner, int mode, long time) {
    StagedDirectory directory = new StagedDirectory(parent, name, null);
    int above = descriptor(parent);
    calls.makeDirectory(above, name, 0755);
    directory.made = true;
    parent.directories.put(name, directory);
    int descriptor = descriptor(directory);
    if (!owner.equals(Owner.ROOT)) {
      calls.setOwner(descriptor, owner.uid(), owner.gid());
    }
    calls.setMode(descriptor, mode);
    times.put(directory, time);
    return directory;
  }

  /** Changes owner, mode and time of a directory, new or not. */
  void change(StagedDirectory directory, Owner owner, int mode, long time) {
    int descriptor = descriptor(directory);
    calls.setOwner(descriptor, owner.uid(), owner.gid());
    calls.setMode(descriptor, mode);
    times.put(directory, time);
  }

  /** The directory in the new layer; it and those above it are made in it when need be. */
  int descriptor(StagedDirectory directory) {
    if (directory.descriptor != StagedDirectory.CLOSED) {
      return directory.descriptor;
    }
    StagedDirectory parent = directory.parent;
    if (parent == null) {
      throw new IllegalStateException("the top is always open");
    }
    int above = descriptor(parent);
    if (!directory.made) {
      calls.makeDirectory(above, directory.name, 0755);
      directory.made = true;
    }
    directory.descriptor = calls.openDirectory(above, directory.name);
    if (directory.below != null && !times.containsKey(directory)) {
      applyFacts(directory.descriptor, directory.below);
      times.put(directory, directory.below.facts().mtime());
    }
    open.push(directory);
    return directory.descriptor;
  }

  private void applyFacts(int descriptor, TreeNode from) {
    FileFacts facts = from.facts();
    calls.setOwner(descriptor, facts.uid(), facts.gid());
    calls.setMode(descriptor, facts.permissions());
    int source = calls.openDirectory(from.folder());
    try {
      Attributes.set(calls, descriptor, ".", calls.attributes(source, "."));
    } finally {
      calls.close(source);
    }
  }

  /** Closes what a finished part of the tree needed, once there is much of it. */
  void makeRoom() {
    if (open.size() > MOST_OPEN) {
      closeAll();
    }
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      StagedDirectory directory = open.pop();
      calls.close(directory.descriptor);
      directory.descriptor = StagedDirectory.CLOSED;
    }
  }

  /**
   * A directory by path; links are followed inside the destination, what is missing is made.
   *
   * @param path absolute
   * @param owner of directories that are made
   * @throws CopyException when a part of the path is no directory
   */
  StagedDirectory directory(String path, Owner owner) throws CopyException {
    return walk(path, owner, true).directory();
  }

  /**
   * Where a file of this path goes.
   *
   * @param directory where it is put
   * @param name empty when the path is a directory that is there
   */
  record Place(StagedDirectory directory, String name) {}

  /**
   * Notes that a file gets just this name.
   *
   * @return whether it is the first that does
   */
  boolean claim(String target) {
    return claimed.add(target);
  }

  /** The place of a file by path; a link at its end is followed, folders above it are made. */
  Place place(String path, Owner owner) throws CopyException {
    return walk(path, owner, false);
  }

  private Place walk(String path, Owner owner, boolean wantsDirectory) throws CopyException {
    Deque<String> todo = new ArrayDeque<>(List.of(path.split("/")));
    StagedDirectory at = top;
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = at.parent == null ? at : at.parent;
        continue;
      }
      boolean last = todo.stream().allMatch(rest -> rest.isEmpty() || rest.equals("."));
      switch (kind(at, name)) {
        case DIRECTORY -> at = existing(at, name);
        case ABSENT -> {
          if (last && !wantsDirectory) {
            return new Place(at, name);
          }
          at = make(at, name, owner, 0755, now);
        }
        case SYMLINK -> {
          if (++links > MOST_LINKS) {
            throw new CopyException("too many symbolic links in " + path);
          }
          String target = linkTarget(at, name);
          if (target.startsWith("/")) {
            at = top;
          }
          List.of(target.split("/")).reversed().forEach(todo::addFirst);
        }
        case OTHER -> {
          if (last && !wantsDirectory) {
            return new Place(at, name);
          }
          throw new CopyException("cannot copy to non-directory: " + at.path() + "/" + name);
        }
      }
    }
    return new Place(at, "");
  }

  /** Makes a name free for a new file in the layer. */
  void clear(StagedDirectory directory, String name) {
    if (directory.files.remove(name) != null) {
      calls.remove(descriptor(directory), name);
    }
    StagedDirectory old = directory.directories.remove(name);
    if (old != null) {
      forget(old);
      TreeRemoval.remove(calls, descriptor(directory), name);
    }
  }

  private void forget(StagedDirectory directory) {
    directory.directories.values().forEach(this::forget);
    times.remove(directory);
    if (directory.descriptor != StagedDirectory.CLOSED) {
      open.remove(directory);
      calls.close(directory.descriptor);
      directory.descriptor = StagedDirectory.CLOSED;
    }
  }

  /** Where a directory of the new layer lies on the host. */
  Path onHost(StagedDirectory directory) {
    return directory.parent == null ? staged : onHost(directory.parent).resolve(directory.name);
  }

  /**
   * Makes a directory and those above it, as WORKDIR does.
   *
   * @return whether there was anything to make
   */
  public boolean makeDirectories(String path, Owner owner) throws CopyException {
    int before = times.size();
    walk(path, owner, true);
    return times.size() > before;
  }

  /** Gives directories their times, after everything in them was made. */
  public void finish() {
    for (Map.Entry<StagedDirectory, Long> entry : List.copyOf(times.entrySet())) {
      if (entry.getKey() != top && entry.getKey().made) {
        calls.setTime(descriptor(entry.getKey()), entry.getValue());
        makeRoom();
      }
    }
    calls.setTime(top.descriptor, lower.top().facts().mtime());
  }

  @Override
  public void close() {
    closeAll();
    calls.close(top.descriptor);
  }
}
