package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Directories a layer has only because something is in them. In the mounted image the topmost layer
 * decides about a directory, so these take after the one below.
 */
public final class ImpliedDirectories {
  private ImpliedDirectories() {}

  /**
   * Gives these directories owner, mode, time and attributes of the nearest layer below that has
   * them.
   *
   * @param implied paths below the layer's directory
   * @param below directories of the layers below, nearest first
   */
  public static void settle(FileCalls calls, Path layer, Set<String> implied, List<Path> below)
      throws UnpackException {
    if (implied.isEmpty() || below.isEmpty()) {
      return;
    }
    int top = calls.openDirectory(layer);
    try (DirectoryWalk walk = new DirectoryWalk(calls, top)) {
      // Deepest first: setting one does not touch those above.
      for (String path : implied.stream().sorted(Comparator.reverseOrder()).toList()) {
        for (Path lower : below) {
          if (take(calls, walk, path, lower)) {
            break;
          }
        }
      }
    } finally {
      calls.close(top);
    }
  }

  private static boolean take(FileCalls calls, DirectoryWalk walk, String path, Path lower)
      throws UnpackException {
    int top = calls.openDirectory(lower);
    try (DirectoryWalk source = new DirectoryWalk(calls, top)) {
      MemberPath split = MemberPath.of(path);
      int parent = source.directory(split.directory(), false);
      FileFacts facts = parent == DirectoryWalk.ABSENT ? null : calls.facts(parent, split.name());
      if (facts == null) {
        return false;
      }
      int target = walk.directory(path, false);
      if (facts.isDirectory() && target != DirectoryWalk.ABSENT) {
        calls.setOwner(target, facts.uid(), facts.gid());
        Attributes.set(calls, target, ".", calls.attributes(parent, split.name()));
        calls.setMode(target, facts.permissions());
        calls.setTime(target, facts.mtime());
      }
      return true;
    } finally {
      calls.close(top);
    }
  }
}
