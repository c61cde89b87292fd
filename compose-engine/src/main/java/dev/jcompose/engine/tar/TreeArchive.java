package dev.jcompose.engine.tar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Archives a directory tree: members in the order of their names, parents first, the top directory
 * itself left out. Two trees with equal content give equal bytes.
 */
public final class TreeArchive {
  private final TarWriter writer;
  private final Map<Identity, String> firstNames = new HashMap<>();

  /** Tells whether two names are one file. */
  private record Identity(long device, long inode) {}

  private TreeArchive(TarWriter writer) {
    this.writer = writer;
  }

  /** Writes the whole archive of the tree below {@code root} and closes the stream. */
  public static void write(Path root, OutputStream out) throws IOException {
    try (TarWriter writer = new TarWriter(out)) {
      new TreeArchive(writer).children(root, "");
    }
  }

  private void children(Path directory, String prefix) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    }
    entries.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    for (Path entry : entries) {
      member(entry, prefix + entry.getFileName());
    }
  }

  private void member(Path path, String name) throws IOException {
    FileStatus status = FileStatus.of(path);
    switch (status.type()) {
      case 0040000 -> {
        writer.write(entry(name + "/", TarEntry.Type.DIRECTORY, status, 0, ""));
        children(path, name + "/");
      }
      case 0120000 ->
          writer.write(
              entry(
                  name, TarEntry.Type.SYMLINK, status, 0, Files.readSymbolicLink(path).toString()));
      case 0100000 -> file(path, name, status);
      case 0020000 -> writer.write(entry(name, TarEntry.Type.CHARACTER_DEVICE, status, 0, ""));
      case 0060000 -> writer.write(entry(name, TarEntry.Type.BLOCK_DEVICE, status, 0, ""));
      case 0010000 -> writer.write(entry(name, TarEntry.Type.FIFO, status, 0, ""));
      default -> {
        // A socket: it means nothing outside the process that bound it.
      }
    }
  }

  private void file(Path path, String name, FileStatus status) throws IOException {
    String first =
        status.links() > 1
            ? firstNames.putIfAbsent(new Identity(status.device(), status.inode()), name)
            : null;
    if (first != null) {
      writer.write(entry(name, TarEntry.Type.HARD_LINK, status, 0, first));
    } else {
      try (InputStream content = Files.newInputStream(path)) {
        writer.write(entry(name, TarEntry.Type.FILE, status, status.size(), ""), content);
      }
    }
  }

  private static TarEntry entry(
      String name, TarEntry.Type type, FileStatus status, long size, String link) {
    boolean isDevice = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    return new TarEntry(
        name,
        type,
        status.permissions(),
        status.uid(),
        status.gid(),
        size,
        status.mtime(),
        link,
        isDevice ? status.nodeMajor() : 0,
        isDevice ? status.nodeMinor() : 0,
        Map.of());
  }
}
