package dev.jcompose.engine.container.files;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.TreeRemoval;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the files of an archive in a directory of a container. */
final class TreeUnpacker {
  private final ContainerTree tree;
  private final FileCalls calls;
  private final String destination;
  private final boolean keepKinds;
  private final @Nullable Identity owner;

  /**
   * Prepares to unpack.
   *
   * @param destination an existing directory, as the container sees it
   * @param keepKinds refuse to replace a directory by something else and the reverse
   * @param owner who gets all files; null: as the archive says
   */
  TreeUnpacker(
      ContainerTree tree, String destination, boolean keepKinds, @Nullable Identity owner) {
    this.tree = tree;
    this.calls = tree.calls;
    this.destination = destination;
    this.keepKinds = keepKinds;
    this.owner = owner;
  }

  void unpack(TarReader tar) throws IOException {
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      String path = checked(entry.name());
      if (path.isEmpty()) {
        continue;
      }
      int slash = path.lastIndexOf('/');
      int parent = tree.directoryMade(destination + "/" + path.substring(0, Math.max(0, slash)));
      try {
        make(parent, path.substring(slash + 1), entry, tar);
      } finally {
        calls.close(parent);
      }
    }
  }

  /** The name without empty parts and dots; names that climb are refused. */
  private static String checked(String name) {
    StringBuilder path = new StringBuilder();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw new EngineException.InvalidRequest(
            "the archive has the name \"" + name + "\", which leads out of it");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path.append(path.isEmpty() ? "" : "/").append(part);
      }
    }
    return path.toString();
  }

  private void make(int parent, String name, TarEntry entry, TarReader tar) throws IOException {
    boolean directory = entry.type() == TarEntry.Type.DIRECTORY;
    FileFacts there = calls.facts(parent, name);
    if (there != null && !(directory && there.isDirectory())) {
      if (keepKinds && there.isDirectory() != directory) {
        throw new EngineException.InvalidRequest(
            directory
                ? "cannot overwrite non-directory \"" + entry.name() + "\" with directory"
                : "cannot overwrite directory \"" + entry.name() + "\" with non-directory");
      }
      TreeRemoval.remove(calls, parent, name);
      there = null;
    }
    switch (entry.type()) {
      case DIRECTORY -> {
        if (there == null) {
          calls.makeDirectory(parent, name, 0700);
        }
      }
      case FILE -> {
        int file = calls.createFile(parent, name, 0600);
        try {
          tar.content(piece -> calls.write(file, piece));
        } finally {
          calls.close(file);
        }
      }
      case SYMLINK -> calls.makeSymlink(entry.linkName(), parent, name);
      case HARD_LINK -> link(entry, parent, name);
      case CHARACTER_DEVICE ->
          calls.makeNode(
              parent, name, Abi.S_IFCHR | entry.mode(), entry.deviceMajor(), entry.deviceMinor());
      case BLOCK_DEVICE ->
          calls.makeNode(
              parent, name, Abi.S_IFBLK | entry.mode(), entry.deviceMajor(), entry.deviceMinor());
      case FIFO -> calls.makeNode(parent, name, Abi.S_IFIFO | entry.mode(), 0, 0);
    }
    if (entry.type() != TarEntry.Type.HARD_LINK) {
      describe(parent, name, entry);
    }
  }

  private void link(TarEntry entry, int parent, String name) {
    String target = checked(entry.linkName());
    int slash = target.lastIndexOf('/');
    int from = tree.directory(destination + "/" + target.substring(0, Math.max(0, slash)));
    try {
      calls.makeHardLink(from, target.substring(slash + 1), parent, name);
    } finally {
      calls.close(from);
    }
  }

  // The owner first: changing it takes setuid and file capabilities away.
  private void describe(int parent, String name, TarEntry entry) {
    calls.setOwner(
        parent,
        name,
        owner == null ? entry.uid() : owner.uid(),
        owner == null ? entry.gid() : owner.gid());
    if (entry.type() != TarEntry.Type.SYMLINK) {
      calls.setMode(parent, name, entry.mode());
    }
    for (Map.Entry<String, byte[]> attribute : entry.xattrs().entrySet()) {
      calls.setAttribute(parent, name, attribute.getKey(), attribute.getValue());
    }
    calls.setTime(parent, name, entry.mtime());
  }
}
