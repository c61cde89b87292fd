package dev.jcompose.engine.linux.files;

import dev.jcompose.engine.linux.KernelException;
import java.nio.file.Path;

/**
 * Removes whole trees, one descriptor per level, so that no path can be too long for the kernel.
 */
public final class TreeRemoval {
  private TreeRemoval() {}

  /**
   * Removes whatever a name stands for, with all that is in it; links are removed, not followed.
   * Nothing happens when there is no such name.
   */
  public static void remove(FileCalls calls, int directory, String name) {
    FileFacts facts = calls.facts(directory, name);
    if (facts == null) {
      return;
    }
    if (!facts.isDirectory()) {
      calls.remove(directory, name);
      return;
    }
    int inside = calls.openDirectory(directory, name);
    try {
      for (String child : calls.names(inside)) {
        remove(calls, inside, child);
      }
    } finally {
      calls.close(inside);
    }
    calls.removeDirectory(directory, name);
  }

  /**
   * Removes a tree of the engine's own, given by path.
   *
   * @throws KernelException when the kernel refuses
   */
  public static void remove(FileCalls calls, Path tree) {
    Path absolute = tree.toAbsolutePath().normalize();
    int parent = calls.openDirectory(absolute.resolveSibling(".").normalize());
    try {
      remove(calls, parent, absolute.getFileName().toString());
    } finally {
      calls.close(parent);
    }
  }
}
