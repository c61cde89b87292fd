package dev.jcompose.engine.image.host;

import dev.jcompose.engine.image.host.HostTree.Node;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The content of {@code jcompose/java} above the base: a Java runtime moved to {@code /opt/java},
 * without what only people read, and the system's libraries it needs. Windows and sound are left
 * out; their libraries would bring a desktop with them.
 */
final class JavaTree {
  static final Path HOME = Path.of("/opt/java");

  private static final Set<String> LEFT_OUT =
      Set.of("demo", "include", "jmods", "man", "sample", "lib/src.zip");
  private static final Set<String> DESKTOP =
      Set.of("libawt_xawt.so", "libjawt.so", "libsplashscreen.so", "libjsound.so");

  private final Path runtime;
  private final HostTree tree;
  private final HostCollector collector;

  private JavaTree(Path runtime, HostTree tree, HostCollector collector) {
    this.runtime = runtime;
    this.tree = tree;
    this.collector = collector;
  }

  /** Collects the runtime whose {@code java.home} this is, above the base. */
  static HostTree collect(
      Path javaHome, HostTree base, ProgramFinder programs, LibrarySearch libraries)
      throws IOException {
    HostTree tree = new HostTree(base);
    JavaTree java =
        new JavaTree(javaHome.toRealPath(), tree, new HostCollector(tree, libraries, programs));
    java.directory(java.runtime, HOME);
    return tree;
  }

  private void directory(Path source, Path target) throws IOException {
    tree.put(target, new Node.Directory(0755));
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(source)) {
      stream.forEach(children::add);
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (!LEFT_OUT.contains(HOME.relativize(target.resolve(name)).toString())
          && !DESKTOP.contains(name)) {
        member(child, target.resolve(name));
      }
    }
  }

  private void member(Path source, Path target) throws IOException {
    if (Files.isSymbolicLink(source)) {
      Path text = Files.readSymbolicLink(source);
      Path pointsTo = source.resolveSibling(text).normalize();
      if (!text.isAbsolute() && pointsTo.startsWith(runtime)) {
        tree.put(target, new Node.Link(text.toString()));
        return;
      }
    }
    // A link that leaves the runtime, as Debian's lib/security/cacerts does, becomes what it names.
    if (Files.isDirectory(source)) {
      directory(source, target);
    } else if (Files.isReadable(source)) {
      Path real = source.toRealPath();
      tree.put(target, new Node.Copy(real));
      libraries(real);
    }
  }

  /** Libraries inside the runtime come with it; the program's own paths find them there, too. */
  private void libraries(Path real) throws IOException {
    for (Path library : collector.needed(real)) {
      if (!library.toRealPath().startsWith(runtime)) {
        collector.addFile(library);
      }
    }
  }
}
