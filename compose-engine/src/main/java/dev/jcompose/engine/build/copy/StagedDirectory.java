package dev.jcompose.engine.build.copy;

import dev.jcompose.engine.build.tree.TreeNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory of the destination: what it is below the new layer, and what the layer puts in. */
final class StagedDirectory {
  static final int CLOSED = -1;

  /** What a name of the destination stands for. */
  enum Kind {
    ABSENT,
    DIRECTORY,
    SYMLINK,
    OTHER
  }

  final @Nullable StagedDirectory parent;
  final String name;
  final @Nullable TreeNode below;
  final Map<String, StagedDirectory> directories = new HashMap<>();
  final Map<String, Kind> files = new HashMap<>();
  int descriptor = CLOSED;
  boolean made;

  /**
   * @param below the directory of the layers below; null when it is a new one
   */
  StagedDirectory(@Nullable StagedDirectory parent, String name, @Nullable TreeNode below) {
    this.parent = parent;
    this.name = name;
    this.below = below;
  }

  String path() {
    return parent == null ? "" : parent.path() + "/" + name;
  }
}
