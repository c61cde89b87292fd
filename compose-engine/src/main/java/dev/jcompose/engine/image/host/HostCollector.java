package dev.jcompose.engine.image.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects files of this machine into a tree, at the paths they have here: every link on the way is
 * kept as a link and followed, so {@code /bin/sh} brings {@code /bin -> usr/bin}, {@code sh ->
 * dash} and {@code dash}. Programs bring their libraries, scripts their interpreters.
 */
final class HostCollector {
  private static final int MOST_LINKS = 40;

  private final HostTree tree;
  private final LibrarySearch libraries;
  private final ProgramFinder programs;
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<Path> seen = new HashSet<>();

  HostCollector(HostTree tree, LibrarySearch libraries, ProgramFinder programs) {
    this.tree = tree;
    this.libraries = libraries;
    this.programs = programs;
  }

  /** Libraries that were needed and are nowhere on this machine, with who needs them. */
  Set<String> missing() {
    return missing;
  }

  /** Takes a file with all links on the way to it; nothing when it is not there. */
  @Nullable Path addFile(Path path) throws IOException {
    return addFile(path, 0);
  }

  /** Takes a program or library with everything it needs to run. */
  void addProgram(Path path) throws IOException {
    Path real = addFile(path);
    if (real != null && seen.add(real)) {
      addNeeds(real);
    }
  }

  /** The dynamic linker and libraries that a file needs, as the linker names them. */
  Set<Path> needed(Path real) throws IOException {
    LibrarySearch.Needs needs = libraries.needsOf(real);
    needs.missing().forEach(name -> missing.add(real + " needs " + name));
    return needs.paths();
  }

  private void addNeeds(Path real) throws IOException {
    for (Path library : needed(real)) {
      addFile(library);
    }
    if (libraries.elf(real) == null) {
      addScriptInterpreter(real);
    }
  }

  /** Takes a whole directory, and what the programs and libraries in it need. */
  void addDirectory(Path directory) throws IOException {
    Path real = addFile(directory);
    if (real == null) {
      return;
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(real)) {
      stream.forEach(children::add);
    }
    for (Path child : children) {
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        addDirectory(child);
      } else {
        addProgram(child);
      }
    }
  }

  private @Nullable Path addFile(Path path, int links) throws IOException {
    if (links > MOST_LINKS) {
      throw new FileSystemException(path.toString(), null, "more than " + MOST_LINKS + " links");
    }
    Path normal = path.toAbsolutePath().normalize();
    Path at = normal.getRoot();
    for (int i = 0; i < normal.getNameCount(); i++) {
      at = at.resolve(normal.getName(i));
      if (Files.isSymbolicLink(at)) {
        Path target = Files.readSymbolicLink(at);
        Path resolved = at.resolveSibling(target);
        for (int rest = i + 1; rest < normal.getNameCount(); rest++) {
          resolved = resolved.resolve(normal.getName(rest));
        }
        if (!Files.exists(resolved)) {
          return null;
        }
        tree.put(at, new HostTree.Node.Link(target.toString()));
        // The target may hold ".." that counts from where the link really is.
        return addFile(realParent(at).resolve(target).resolve(rest(normal, i + 1)), links + 1);
      }
    }
    if (Files.isDirectory(normal)) {
      tree.put(normal, new HostTree.Node.Directory(0755));
      return normal;
    }
    if (Files.isRegularFile(normal)) {
      tree.put(normal, new HostTree.Node.Copy(normal));
      return normal;
    }
    return null;
  }

  private static Path realParent(Path path) throws IOException {
    return path.resolveSibling(".").toRealPath();
  }

  private static Path rest(Path path, int from) {
    return from == path.getNameCount() ? Path.of("") : path.subpath(from, path.getNameCount());
  }

  private void addScriptInterpreter(Path script) throws IOException {
    if (!Files.isExecutable(script)) {
      return;
    }
    List<String> words = ScriptHeader.read(script);
    if (words.isEmpty()) {
      return;
    }
    Path interpreter = Path.of(words.getFirst());
    addProgram(interpreter);
    if (interpreter.endsWith("env")) {
      Path named =
          words.stream()
              .skip(1)
              .filter(word -> !word.startsWith("-") && word.indexOf('=') < 0)
              .findFirst()
              .map(programs::find)
              .orElse(null);
      if (named != null) {
        addProgram(named);
      }
    }
  }

  /** The first line of a script. */
  private static final class ScriptHeader {
    /** The kernel reads no more (BINPRM_BUF_SIZE). */
    private static final int LONGEST = 256;

    static List<String> read(Path script) throws IOException {
      byte[] start;
      try (var in = Files.newInputStream(script)) {
        start = in.readNBytes(LONGEST);
      }
      String text = new String(start, StandardCharsets.ISO_8859_1);
      if (!text.startsWith("#!")) {
        return List.of();
      }
      return List.of(text.substring(2).lines().findFirst().orElse("").strip().split("[ \t]+", -1))
          .stream()
          .filter(word -> !word.isEmpty())
          .toList();
    }
  }
}
