package dev.jcompose.engine.image.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds programs by name: along PATH first, then in the directories programs usually are in. */
final class ProgramFinder {
  /** Where programs are looked for inside an image, too. */
  static final List<String> USUAL =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private final List<Path> directories;

  private ProgramFinder(List<Path> directories) {
    this.directories = directories;
  }

  /** Looks along this PATH, then the usual directories. */
  static ProgramFinder along(@Nullable String path) {
    Set<String> all = new LinkedHashSet<>();
    for (String entry : Objects.requireNonNullElse(path, "").split(":", -1)) {
      if (entry.startsWith("/")) {
        all.add(entry);
      }
    }
    all.addAll(USUAL);
    List<Path> directories = new ArrayList<>();
    all.forEach(entry -> directories.add(Path.of(entry)));
    return new ProgramFinder(List.copyOf(directories));
  }

  /** Looks only where every machine has its programs, whatever PATH says. */
  static ProgramFinder usual() {
    return along(null);
  }

  /** The directories, in order. */
  List<Path> directories() {
    return directories;
  }

  /** The directories as people write them. */
  String searched() {
    return directories.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  /** The first executable file of this name; null when there is none. */
  @Nullable Path find(String name) {
    for (Path directory : directories) {
      Path candidate = directory.resolve(name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
