package dev.jcompose.engine.image.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the libraries a program needs, in the order the dynamic linker looks for them (ld.so(8)):
 * DT_RPATH of the object and of those that loaded it unless there is a DT_RUNPATH, DT_RUNPATH of
 * the object, the linker's cache, the usual directories. LD_LIBRARY_PATH plays no part.
 */
final class LibrarySearch {
  private static final List<String> USUAL =
      List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib");

  private final LoaderCache cache;
  private final Map<Path, Optional<ElfFile>> read = new HashMap<>();

  LibrarySearch(LoaderCache cache) {
    this.cache = cache;
  }

  /**
   * What one file needs.
   *
   * @param paths interpreter and libraries as the linker names them, maybe through links
   * @param missing names of libraries that are nowhere
   */
  record Needs(Set<Path> paths, Set<String> missing) {}

  /** A loaded object and who asked for it. */
  private record Loaded(Path path, ElfFile elf, @Nullable Loaded by) {}

  /** What this program or library needs, and what that needs; nothing when it is no ELF file. */
  Needs needsOf(Path file) throws IOException {
    Set<Path> paths = new LinkedHashSet<>();
    Set<String> missing = new LinkedHashSet<>();
    ElfFile program = elf(file);
    if (program == null) {
      return new Needs(paths, missing);
    }
    if (program.interpreter() != null) {
      paths.add(Path.of(program.interpreter()));
    }
    Set<String> names = new HashSet<>();
    Deque<Loaded> queue = new ArrayDeque<>();
    queue.add(new Loaded(file, program, null));
    while (!queue.isEmpty()) {
      Loaded object = queue.remove();
      for (String name : object.elf().needed()) {
        if (!names.add(name)) {
          continue;
        }
        Path found = find(name, object, program.machine());
        ElfFile library = found == null ? null : elf(found);
        if (found == null || library == null) {
          missing.add(name);
        } else {
          paths.add(found);
          queue.add(new Loaded(found, library, object));
        }
      }
    }
    return new Needs(paths, missing);
  }

  /** A library that programs of this machine load by name while they run; null when not there. */
  @Nullable Path named(String name, int machine) throws IOException {
    return firstFor(machine, Stream.concat(cache.find(name).stream(), usual(name, machine)));
  }

  /** The headers of a file, or null when it is no ELF file. */
  @Nullable ElfFile elf(Path file) throws IOException {
    Optional<ElfFile> known = read.get(file);
    if (known == null) {
      known = Optional.ofNullable(ElfFile.read(file));
      read.put(file, known);
    }
    return known.orElse(null);
  }

  private @Nullable Path find(String name, Loaded object, int machine) throws IOException {
    if (name.indexOf('/') >= 0) {
      return firstFor(machine, Stream.of(Path.of(name)));
    }
    List<Path> candidates = new ArrayList<>();
    if (object.elf().runpath().isEmpty()) {
      for (Loaded at = object; at != null; at = at.by()) {
        if (at.elf().runpath().isEmpty()) {
          addAll(candidates, at.elf().rpath(), at.path(), machine, name);
        }
      }
    }
    addAll(candidates, object.elf().runpath(), object.path(), machine, name);
    candidates.addAll(cache.find(name));
    return firstFor(machine, Stream.concat(candidates.stream(), usual(name, machine)));
  }

  private static void addAll(
      List<Path> candidates, List<String> directories, Path origin, int machine, String name)
      throws IOException {
    Path home = origin.toRealPath().resolveSibling(".").normalize();
    for (String directory : directories) {
      String expanded =
          directory
              .replace("${", "$")
              .replace("}", "")
              .replace("$ORIGIN", home.toString())
              .replace("$LIB", "lib/" + triplet(machine));
      candidates.add(Path.of(expanded).resolve(name).normalize());
    }
  }

  private static Stream<Path> usual(String name, int machine) {
    return Stream.concat(
            Stream.of("/lib/" + triplet(machine), "/usr/lib/" + triplet(machine)), USUAL.stream())
        .map(directory -> Path.of(directory, name));
  }

  /**
   * Whether the dynamic linker looks into this directory even when its cache does not tell it to.
   */
  static boolean isFoundWithoutCache(Path directory) {
    String name = directory.toString().replaceFirst("^/usr(?=/)", "");
    return name.equals("/lib")
        || name.equals("/lib64")
        || (name.startsWith("/lib/") && name.endsWith("-linux-gnu"));
  }

  private static String triplet(int machine) {
    return switch (machine) {
      case 62 -> "x86_64-linux-gnu";
      case 183 -> "aarch64-linux-gnu";
      case 243 -> "riscv64-linux-gnu";
      default -> "unknown";
    };
  }

  private @Nullable Path firstFor(int machine, Stream<Path> candidates) throws IOException {
    for (Path candidate : (Iterable<Path>) candidates::iterator) {
      if (Files.isRegularFile(candidate) && Files.isReadable(candidate)) {
        ElfFile elf = elf(candidate);
        if (elf != null && elf.machine() == machine) {
          return candidate;
        }
      }
    }
    return null;
  }
}
