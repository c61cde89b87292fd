package dev.jcompose.engine.build.tree;

import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A file, directory or link of a {@link FileTree}, as it was when the tree was read. */
public final class TreeNode {
  private final String path;
  private final FileFacts facts;
  private final List<Path> folders;
  private @Nullable SortedMap<String, TreeNode> children;

  /**
   * @param path inside the tree, without a leading slash; empty for the top
   * @param folders for a directory: the directories of the host that lie over each other here, the
   *     uppermost first; for anything else: the one directory that has it
   */
  TreeNode(String path, FileFacts facts, List<Path> folders) {
    this.path = path;
    this.facts = facts;
    this.folders = folders;
  }

  /** Its path inside the tree, without a leading slash; empty for the top. */
  public String path() {
    return path;
  }

  /** The last component of its path; empty for the top. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What it is. */
  public FileFacts facts() {
    return facts;
  }

  /** Where it lies on the host; of a directory, the uppermost. */
  public Path onHost() {
    return facts.isDirectory() ? folders.getFirst() : folders.getFirst().resolve(name());
  }

  /** The directory of the host that holds it, or that it is. */
  public Path folder() {
    return folders.getFirst();
  }

  List<Path> folders() {
    return folders;
  }

  @Nullable SortedMap<String, TreeNode> children() {
    return children;
  }

  void keep(SortedMap<String, TreeNode> read) {
    children = read;
  }
}
