package dev.jcompose.engine.build.run;

import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import dev.jcompose.engine.image.layer.Whiteouts;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a step's changes what the engine and not the command put there: the empty files and
 * directories that mounts were made over, and the folders they are in, when they have nothing else.
 */
final class Stubs {
  private final FileCalls calls;
  private final Path upper;
  private final @Nullable FileTree below;

  /**
   * @param upper the changes of the step
   * @param below what was there before; null for nothing
   */
  Stubs(FileCalls calls, Path upper, @Nullable FileTree below) {
    this.calls = calls;
    this.upper = upper;
    this.below = below;
  }

  /** Clears the targets of these mounts. */
  void clear(List<String> targets) {
    // The deepest first, so that a folder is looked at when it is empty.
    targets.stream().sorted((a, b) -> b.length() - a.length()).forEach(this::clear);
  }

  private void clear(String target) {
    String path = target.replaceAll("^/+", "").replaceAll("/+$", "");
    if (path.isEmpty() || !removable(path)) {
      return;
    }
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      clear(path.substring(0, slash));
    }
  }

  /** Removes what is empty and new, or unchanged; tells whether the name is free now. */
  private boolean removable(String path) {
    int slash = path.lastIndexOf('/');
    Path folder = upper.resolve(path.substring(0, Math.max(0, slash)));
    String name = path.substring(slash + 1);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    int directory = calls.openDirectory(folder);
    try {
      FileFacts facts = calls.facts(directory, name);
      if (facts == null) {
        return true;
      }
      TreeNode before = below == null ? null : below.find(path, false);
      if (facts.isDirectory()) {
        return removeDirectory(directory, name, facts, before);
      }
      if (facts.type() != 0100000 || facts.size() > 0 || before != null) {
        return false;
      }
      calls.remove(directory, name);
      return true;
    } finally {
      calls.close(directory);
    }
  }

  private boolean removeDirectory(
      int directory, String name, FileFacts facts, @Nullable TreeNode before) {
    boolean changed =
        before != null
            && (!before.facts().isDirectory()
                || before.facts().mode() != facts.mode()
                || before.facts().uid() != facts.uid()
                || before.facts().gid() != facts.gid());
    if (changed || Whiteouts.isOpaque(calls, directory, name)) {
      return false;
    }
    int inside = calls.openDirectory(directory, name);
    try {
      if (!calls.names(inside).isEmpty()) {
        return false;
      }
    } finally {
      calls.close(inside);
    }
    calls.removeDirectory(directory, name);
    return true;
  }
}
