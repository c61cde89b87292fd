package dev.jcompose.engine.image.host;

import dev.jcompose.engine.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code from-host} was asked for, looked up and collected; all failures are told at once. */
final class Selection {
  private final ProgramFinder programs;
  private final HostCollector collector;
  private final Set<String> directories = new LinkedHashSet<>();
  private List<String> command = List.of("/bin/sh");

  Selection(ProgramFinder programs, HostCollector collector) {
    this.programs = programs;
    this.collector = collector;
  }

  void addAll(List<String> wanted) throws IOException, ImageException {
    List<String> absent = new ArrayList<>();
    boolean first = true;
    for (String name : wanted) {
      Path path = name.startsWith("/") ? existing(Path.of(name)) : programs.find(name);
      if (path == null) {
        absent.add(name);
      } else if (Files.isDirectory(path)) {
        collector.addDirectory(path);
      } else {
        collector.addProgram(path);
        directories.add(path.resolveSibling(".").normalize().toString());
        if (first && Files.isExecutable(path)) {
          command = List.of(name);
          first = false;
        }
      }
    }
    if (!absent.isEmpty()) {
      throw new ImageException(
          ImageException.Kind.NOT_FOUND,
          "this machine has no %s (looked in %s); install it, or write its absolute path"
              .formatted(String.join(", ", absent), programs.searched()));
    }
    if (!collector.missing().isEmpty()) {
      throw new ImageException(
          ImageException.Kind.NOT_FOUND,
          "%s, which no directory of the dynamic linker has; install the package with that library"
              .formatted(String.join("; ", collector.missing())));
    }
  }

  /** The first program, as it was written; a shell when there is none. */
  List<String> command() {
    return command;
  }

  /** {@code PATH=} with the usual directories and those that programs were found in. */
  String searchPath() {
    Set<String> all = new LinkedHashSet<>(ProgramFinder.USUAL);
    all.addAll(directories);
    return "PATH=" + String.join(":", all);
  }

  private static @Nullable Path existing(Path path) {
    return Files.exists(path) ? path : null;
  }
}
