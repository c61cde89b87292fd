package dev.jcompose.engine.image.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes a tree into an empty directory. Files are copied by the kernel (copy_file_range, which
 * shares blocks where the file system can), never linked: a container that could write to a layer
 * would otherwise write to the host. Permission bits are the host's without setuid and setgid;
 * times are whole seconds, as archives hold them, and those of what we made ourselves are zero.
 */
final class TreeWriter {
  private static final FileTime NEVER = FileTime.fromMillis(0);

  private final Path root;

  private TreeWriter(Path root) {
    this.root = root;
  }

  /** Writes the tree. */
  static void write(HostTree tree, Path root) throws IOException {
    TreeWriter writer = new TreeWriter(root);
    List<Path> directories = new ArrayList<>();
    directories.add(root);
    for (Map.Entry<Path, HostTree.Node> entry : tree.nodes().entrySet()) {
      Path target = root.resolve(entry.getKey().toString().substring(1));
      writer.node(entry.getValue(), target, directories);
    }
    // Last, because writing into a directory changes its time.
    for (Path directory : directories.reversed()) {
      setTime(directory, NEVER);
    }
  }

  private void node(HostTree.Node node, Path target, List<Path> directories) throws IOException {
    switch (node) {
      case HostTree.Node.Directory(int mode) -> {
        if (!target.equals(root)) {
          Files.createDirectory(target);
        }
        Files.setAttribute(target, "unix:mode", mode);
        directories.add(target);
      }
      case HostTree.Node.Link(String text) -> {
        Files.createSymbolicLink(target, Path.of(text));
        setTime(target, NEVER);
      }
      case HostTree.Node.Text(String content, int mode) -> {
        Files.writeString(target, content);
        Files.setAttribute(target, "unix:mode", mode);
        setTime(target, NEVER);
      }
      case HostTree.Node.Copy(Path source) -> {
        Files.copy(source, target);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(source));
        long seconds = Files.getLastModifiedTime(source).to(TimeUnit.SECONDS);
        setTime(target, FileTime.from(Math.max(0, seconds), TimeUnit.SECONDS));
      }
    }
  }

  private static void setTime(Path path, FileTime time) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, time, null);
  }
}
