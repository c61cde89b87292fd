package dev.jcompose.engine.container.files;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a file or a whole directory of a container into an archive. */
final class TreePacker {
  private static final int S_IFLNK = 0120000;

  private final ContainerTree tree;
  private final FileCalls calls;
  private final TarWriter tar;
  // A file with several names is written once; the others become links to it.
  private final Map<Long, String> seen = new HashMap<>();

  TreePacker(ContainerTree tree, TarWriter tar) {
    this.tree = tree;
    this.calls = tree.calls;
    this.tar = tar;
  }

  /**
   * Writes what a name stands for.
   *
   * @param path the entry's name in the archive, without a trailing slash
   */
  void pack(int directory, String name, String path) throws IOException {
    FileFacts facts = calls.facts(directory, name);
    if (facts == null) {
      // It went away while the directory was read.
      return;
    }
    switch (facts.type()) {
      case Abi.S_IFDIR -> packDirectory(directory, name, path, facts);
      case Abi.S_IFREG -> packFile(directory, name, path, facts);
      case S_IFLNK ->
          tar.write(
              entry(
                  path,
                  TarEntry.Type.SYMLINK,
                  facts,
                  0,
                  calls.readSymlink(directory, name),
                  calls.attributes(directory, name)));
      case Abi.S_IFCHR -> packNode(path, TarEntry.Type.CHARACTER_DEVICE, facts);
      case Abi.S_IFBLK -> packNode(path, TarEntry.Type.BLOCK_DEVICE, facts);
      case Abi.S_IFIFO -> packNode(path, TarEntry.Type.FIFO, facts);
      default -> {
        // A socket means nothing without the process behind it.
      }
    }
  }

  private void packDirectory(int directory, String name, String path, FileFacts facts)
      throws IOException {
    int inside = calls.openDirectory(directory, name);
    try {
      tar.write(
          entry(
              path + "/",
              TarEntry.Type.DIRECTORY,
              facts,
              0,
              "",
              calls.attributes(directory, name)));
      List<String> names = calls.names(inside).stream().sorted().toList();
      for (String child : names) {
        pack(inside, child, path + "/" + child);
      }
    } finally {
      calls.close(inside);
    }
  }

  private void packFile(int directory, String name, String path, FileFacts facts)
      throws IOException {
    String first = facts.links() > 1 ? seen.putIfAbsent(facts.inode(), path) : null;
    if (first != null) {
      tar.write(entry(path, TarEntry.Type.HARD_LINK, facts, 0, first, Map.of()));
      return;
    }
    try (DescriptorInput content =
        new DescriptorInput(tree.kernel, calls.openFile(directory, name))) {
      tar.write(
          entry(
              path, TarEntry.Type.FILE, facts, facts.size(), "", calls.attributes(directory, name)),
          content);
    }
  }

  private void packNode(String path, TarEntry.Type type, FileFacts facts) throws IOException {
    tar.write(entry(path, type, facts, 0, "", Map.of()));
  }

  private static TarEntry entry(
      String path,
      TarEntry.Type type,
      FileFacts facts,
      long size,
      String link,
      Map<String, byte[]> attributes) {
    boolean node = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    return new TarEntry(
        path,
        type,
        facts.permissions(),
        facts.uid(),
        facts.gid(),
        size,
        Math.max(0, facts.mtime()),
        link,
        node ? facts.nodeMajor() : 0,
        node ? facts.nodeMinor() : 0,
        attributes);
  }
}
