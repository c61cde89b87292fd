package dev.jcompose.core.load;

import dev.jcompose.core.problem.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file and who asks for it.
 *
 * @param path absolute
 * @param location where another file names it; {@link Location#NONE} when the command line does, or
 *     nobody
 * @param attribute path of the attribute that names it; empty for the command line
 */
record NamedFile(Path path, Location location, String attribute) {
  /** One that the command line names, or that is looked for by its usual name. */
  static NamedFile outside(Path path) {
    return new NamedFile(path, Location.NONE, "");
  }

  /** The same for several. */
  static List<NamedFile> outside(List<Path> paths) {
    List<NamedFile> files = new ArrayList<>(paths.size());
    for (Path path : paths) {
      files.add(outside(path));
    }
    return files;
  }

  /** Whether another file names it. */
  boolean isNamedInside() {
    return location.line() > 0;
  }
}
